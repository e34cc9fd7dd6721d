package dev.rollcall.configuration;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Setting;
import java.util.List;
import java.util.stream.Collectors;

/** The table of a block in the documentation, made of its declared keys. */
final class KeyTable {
    private KeyTable() {}

    static String of(BlockKeys keys) {
        return "| key | means | default |\n| --- | --- | --- |\n"
                + keys.settings().stream().map(KeyTable::row).collect(Collectors.joining("\n"));
    }

    private static String row(Setting setting) {
        String usual = setting.isRequired() ? "required" : code(setting.defaultText());
        return "| " + code(setting.name()) + " | " + words(setting) + setting.description() + range(setting) + " | "
                + usual + (usual.isEmpty() ? "|" : " |");
    }

    private static String words(Setting setting) {
        List<String> words = setting.words().stream().map(KeyTable::code).toList();
        if (words.isEmpty()) {
            return "";
        }
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last) + ": ";
    }

    private static String range(Setting setting) {
        String least = setting.least();
        String most = setting.most();
        if (!least.isEmpty() && !most.isEmpty()) {
            return "; " + code(least) + " to " + code(most);
        }
        return (least.isEmpty() || least.equals("0") ? "" : "; at least " + code(least))
                + (most.isEmpty() ? "" : "; at most " + code(most));
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }
}
