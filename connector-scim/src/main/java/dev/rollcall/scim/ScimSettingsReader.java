package dev.rollcall.scim;

import dev.rollcall.connector.Capability;
import dev.rollcall.connector.ConnectorDescriptor;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Setting;
import dev.rollcall.connector.SettingReader;
import dev.rollcall.connector.Settings;
import dev.rollcall.connector.Value;
import dev.rollcall.rest.RestSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a source block of SCIM into {@link ScimSettings} and the settings of the REST engine below. */
final class ScimSettingsReader {
    private static final String REQUEST = "endpoints[0].request.";

    private static final List<Setting> DECLARED = List.of(
            Setting.uri("baseUrl")
                    .required()
                    .description("the address of the SCIM service, such as https://example.com/scim/v2"),
            Setting.integer("pageSize")
                    .between(1, 10_000)
                    .description("how many users are asked for at a time; 100 by default"),
            Setting.choice("patchStyle", "path", "no-path", "put").description("path (the default), no-path or put"),
            Setting.flag("booleanAsString").description("whether active is written as \"True\" and \"False\""),
            Setting.flag("bulk").description("whether bulk requests are made where the service offers them; true"),
            Setting.flag("schemas")
                    .description("whether attributes are held against the schemas that the service tells; true"),
            Setting.integer("parallel")
                    .between(1, 64)
                    .description("how many writes go on at the same time; 12 by default"),
            Setting.integer("retries")
                    .between(0, 20)
                    .description("how often a call is repeated where that may help; 4 by default"),
            Setting.duration("timeout")
                    .description("how long a whole answer is waited for, such as 30s, which is the default"),
            Setting.duration("maxRetryWait")
                    .description(
                            "the longest wait that the service may ask for within a run, such as 60s, the default"),
            Setting.integer("requestsPerSecond")
                    .between(0, 10_000)
                    .description("how many calls are made per second; 0 for no limit"));

    /** The connector, and what its source block may say. */
    static final ConnectorDescriptor DESCRIPTOR = describe();

    private static final String DEFAULT_TIMEOUT = "30s";

    private ScimSettingsReader() {}

    private static ConnectorDescriptor describe() {
        ConnectorDescriptor.Builder builder = ConnectorDescriptor.builder("scim")
                .primaryKey("id")
                .active("record.active ?? true") // RFC 7643, 4.1.1; who is shown without a state is in use
                .endpoint("users")
                .capability(Capability.BY_KEYS, Capability.WRITES_ACCOUNTS);
        DECLARED.forEach(builder::setting);
        return builder.build();
    }

    /** {@return what is wrong with the settings, with paths that start at the source block} */
    static List<Problem> check(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (!(settings.block("endpoints") instanceof Value.Absent)) {
            problems.add(Problem.of(
                    "unknown-key", "endpoints", "SCIM has one list of users, it takes no endpoints", "remove it"));
        }
        // The request of the endpoint is made of settings, of which the descriptor has reported what is wrong.
        rest(settings).problems().stream()
                .filter(problem -> !problem.path().startsWith(REQUEST))
                .forEach(problems::add);
        settings.optionalText("baseUrl")
                .filter(text -> text.matches(".*[?#].*"))
                .ifPresent(text -> {
                    String remedy = "leave out what follows " + (text.contains("?") ? "?" : "#");
                    problems.add(
                            Problem.of("wrong-value", "settings.baseUrl", "is no base of other addresses", remedy));
                });
        return problems;
    }

    static ScimSettings read(Settings settings) {
        String base = settings.text("baseUrl").strip();
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        ScimSettings.PatchStyle style = ScimSettings.PatchStyle.PATH;
        for (ScimSettings.PatchStyle each : ScimSettings.PatchStyle.values()) {
            style = settings.optionalText("patchStyle")
                            .filter(word -> SettingReader.isSameWord(word, each.word()))
                            .isPresent()
                    ? each
                    : style;
        }
        return new ScimSettings(
                URI.create(base),
                settings.integer("pageSize", 100),
                style,
                settings.flag("booleanAsString", false),
                settings.flag("bulk", true),
                settings.integer("parallel", 12),
                settings.flag("schemas", true));
    }

    /** The engine reads authorization and connection from a source block, and the place from its first endpoint. */
    static RestSettings rest(Settings settings) {
        return settings.once(DESCRIPTOR, RestSettings.class, ScimSettingsReader::readRest);
    }

    private static RestSettings readRest(Settings settings) {
        Map<String, Value> request = new LinkedHashMap<>();
        for (String name : List.of("retries", "requestsPerSecond")) {
            settings.optionalText(name)
                    .filter(text -> text.matches("[0-9]{1,9}"))
                    .ifPresent(text -> request.put(name, Value.of(Long.parseLong(text))));
        }
        // Answers are short, so that a whole one is waited for no longer than its beginning.
        String timeout = settings.optionalText("timeout").orElse(DEFAULT_TIMEOUT);
        request.put("timeout", Value.of(timeout));
        request.put("bodyTimeout", Value.of(timeout));
        settings.optionalText("maxRetryWait").ifPresent(text -> request.put("maxRetryWait", Value.of(text)));
        Map<String, Value> users = new LinkedHashMap<>();
        users.put("name", Value.of("users"));
        users.put("url", Value.of("${settings.baseUrl}/Users"));
        users.put("records", Value.of("/Resources"));
        users.put("request", Value.of(request));
        Map<String, Value> source = new LinkedHashMap<>(settings.source().asMap());
        source.put("endpoints", Value.of(List.of(Value.of(users))));
        return RestSettings.read(Settings.of(Value.of(source)), DESCRIPTOR);
    }
}
