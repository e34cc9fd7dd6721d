package dev.rollcall.provisioning.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackedTextsTest {
    @Test
    void are_given_back_as_they_came() {
        PackedTexts texts = new PackedTexts();
        List<String> all = new ArrayList<>(List.of("", "7", "Grüße, Žofie 😀", "half \ud83d of one"));
        for (int i = 0; i < 20_000; i++) {
            all.add("key-" + i);
            if (i % 5000 == 0) {
                all.add("x".repeat(70_000 + i));
            }
        }

        all.forEach(texts::add);

        assertThat(texts.list()).containsExactlyElementsOf(all);
        assertThat(texts.get(2)).isEqualTo(all.get(2));
        assertThat(texts.size()).isEqualTo(all.size());
    }

    @Test
    void that_were_not_added_are_not_there() {
        PackedTexts texts = new PackedTexts();
        texts.add("one");
        assertThatThrownBy(() -> texts.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
