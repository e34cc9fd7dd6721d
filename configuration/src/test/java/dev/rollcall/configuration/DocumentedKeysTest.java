package dev.rollcall.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.BlockKeys;
import dev.rollcall.connector.Setting;
import dev.rollcall.rest.internal.endpoint.DecodingReader;
import dev.rollcall.rest.internal.endpoint.EndpointReader;
import dev.rollcall.rest.internal.endpoint.JoinRule;
import dev.rollcall.rest.internal.http.ErrorRule;
import dev.rollcall.rest.internal.paging.PagingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of keys in the documentation list what the readers of the file declare. */
class DocumentedKeysTest {
    /** Set to write the tables anew: {@code -Ddocs.write=true}. */
    private static final String WRITE = "docs.write";

    private static final Path DOCS = Path.of("..", "docs");

    /** Parts of other tables, or read by a connector, whose own page lists its keys. */
    private static final List<BlockKeys> ELSEWHERE =
            List.of(WebhookReader.KEYS, AttributeReader.NOTHING_KEYS, PolicyReader.CREATE_KEYS);

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("configuration.md", "top", ConfigurationReader.KEYS),
                Arguments.of("configuration.md", "source", SourceReader.KEYS),
                Arguments.of("configuration.md", "connectors", SourceReader.CONNECTOR_KEYS),
                Arguments.of("configuration.md", "dataSources", ConfigurationReader.DATA_SOURCE_KEYS),
                Arguments.of("configuration.md", "state", StateReader.KEYS),
                Arguments.of("configuration.md", "state.database", StateReader.DATABASE_KEYS),
                Arguments.of("configuration.md", "tables", TableReader.KEYS),
                Arguments.of("configuration.md", "directory", DirectoryReader.KEYS),
                Arguments.of("configuration.md", "directory.trust", DirectoryReader.TRUST_KEYS),
                Arguments.of("configuration.md", "directory.mark", DirectoryReader.MARK_KEYS),
                Arguments.of("configuration.md", "directory.disable", DirectoryReader.DISABLE_KEYS),
                Arguments.of("configuration.md", "mapping", MappingReader.KEYS),
                Arguments.of("configuration.md", "mapping.key", MappingReader.KEY_KEYS),
                Arguments.of("configuration.md", "mapping.match", MappingReader.MATCH_KEYS),
                Arguments.of("configuration.md", "mapping.dn", MappingReader.DN_KEYS),
                Arguments.of("configuration.md", "mapping.groups", MappingReader.GROUP_KEYS),
                Arguments.of("configuration.md", "attribute", AttributeReader.KEYS),
                Arguments.of("configuration.md", "attribute.counter", AttributeReader.COUNTER_KEYS),
                Arguments.of("configuration.md", "policy", PolicyReader.KEYS),
                Arguments.of("configuration.md", "policy.leavers", PolicyReader.LEAVERS_KEYS),
                Arguments.of("configuration.md", "policy.password", PolicyReader.PASSWORD_KEYS),
                Arguments.of("configuration.md", "policy.password.generate", PolicyReader.GENERATE_KEYS),
                Arguments.of("configuration.md", "policy.password.deliver", PolicyReader.DELIVER_KEYS),
                Arguments.of("configuration.md", "policy.guardrails", PolicyReader.GUARDRAILS_KEYS),
                Arguments.of("configuration.md", "policy.guardrails.limit", PolicyReader.LIMIT_KEYS),
                Arguments.of("targets.md", "targets", ofTargets()),
                Arguments.of("targets.md", "targets.policy", TargetReader.OWN_POLICY_KEYS),
                Arguments.of("rest-requests.md", "request", EndpointReader.REQUEST_KEYS),
                Arguments.of("rest-responses.md", "response", DecodingReader.RESPONSE_KEYS),
                Arguments.of("rest-responses.md", "errors", ErrorRule.KEYS),
                Arguments.of("rest-joins.md", "joins", JoinRule.KEYS),
                Arguments.of("rest-paging.md", "paging", PagingSettings.KEYS));
    }

    /** A target refuses what belongs to a source. */
    private static BlockKeys ofTargets() {
        return TargetReader.KEYS.without(SourceReader.OF_SOURCES.toArray(Setting[]::new));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void a_table_lists_the_keys_as_they_are_declared(String page, String block, BlockKeys keys) throws IOException {
        Path file = DOCS.resolve(page);
        String text = Files.readString(file);
        String start = "<!-- keys of " + block + " -->\n";
        Matcher between = Pattern.compile(Pattern.quote(start) + "(.*?)\n<!-- end of keys -->", Pattern.DOTALL)
                .matcher(text);
        assertThat(between.find())
                .as("%s has a table between %s and its end", page, start.strip())
                .isTrue();

        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(
                    file, text.substring(0, between.start(1)) + KeyTable.of(keys) + text.substring(between.end(1)));
        } else {
            assertThat(between.group(1)).isEqualTo(KeyTable.of(keys));
        }
    }

    @Test
    void every_key_of_the_file_is_in_a_table() {
        Set<Setting> listed = new HashSet<>();
        ELSEWHERE.forEach(keys -> listed.addAll(keys.settings()));
        tables().forEach(table -> listed.addAll(((BlockKeys) table.get()[2]).settings()));

        assertThat(declared())
                .hasSizeGreaterThan(100)
                .allSatisfy(setting -> assertThat(listed).contains(setting));
    }

    @Test
    void every_key_has_a_sentence() {
        assertThat(declared())
                .allSatisfy(setting -> assertThat(setting.description()).isNotBlank());
    }

    private static Set<Setting> declared() {
        Set<Setting> found = new LinkedHashSet<>();
        collect(ConfigurationReader.KEYS, found);
        collect(AttributeReader.KEYS, found);
        return found;
    }

    private static void collect(BlockKeys keys, Set<Setting> found) {
        keys.settings().stream().filter(found::add).forEach(setting -> collect(setting.keys(), found));
    }
}
