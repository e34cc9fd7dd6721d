package dev.rollcall.examples;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import dev.rollcall.configuration.Configuration;
import dev.rollcall.configuration.DataSource;
import dev.rollcall.configuration.DirectorySettings;
import dev.rollcall.configuration.Webhook;
import dev.rollcall.connector.Connector;
import dev.rollcall.connector.ConnectorContext;
import dev.rollcall.connector.ConnectorException;
import dev.rollcall.connector.FailureKind;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.RollcallException;
import dev.rollcall.connector.Suggestion;
import dev.rollcall.connector.UserRecord;
import dev.rollcall.connector.Value;
import dev.rollcall.connector.WebhookCall;
import dev.rollcall.connector.WebhookResponse;
import dev.rollcall.formats.Evaluation;
import dev.rollcall.formats.Name;
import dev.rollcall.formats.Scope;
import dev.rollcall.mapping.EntryScope;
import dev.rollcall.provisioning.directory.Directory;
import dev.rollcall.provisioning.directory.DirectoryException;
import dev.rollcall.rest.RestConnector;
import dev.rollcall.rest.WebhookDefinition;
import dev.rollcall.rest.WebhookResult;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** {@code webhook FILE NAME --dn DN [--send]}: renders a webhook for an entry, and sends it if told to. */
final class SendWebhook {
    private static final Arguments.Shape SHAPE =
            new Arguments.Shape(List.of("FILE", "NAME"), List.of(), Set.of("--send"), Set.of("--dn", "--data-source"));

    /** Names whose values are not known here, but by the connector or when an answer came. */
    private static final Set<String> OF_THE_CONNECTOR = Set.of("settings", "response", "token");

    private final WebhookDefinition webhook;
    private final ZoneId zone;
    private final Terminal terminal;

    private SendWebhook(WebhookDefinition webhook, ZoneId zone, Terminal terminal) {
        this.webhook = webhook;
        this.zone = zone;
        this.terminal = terminal;
    }

    static ExitStatus run(List<String> words, Terminal terminal) {
        Arguments arguments = Arguments.parse(words, SHAPE);
        CommandInput given = new CommandInput(arguments, terminal);
        Optional<DN> dn = dn(arguments, given);
        Optional<Configuration> configuration = given.configuration(arguments.name(0));
        Optional<Webhook> found = configuration.flatMap(it -> webhook(it, arguments.name(1), given));
        Optional<DirectorySettings> directory = configuration.flatMap(Configuration::directory);
        if (configuration.isPresent() && directory.isEmpty()) {
            given.add(Problem.of("missing", "directory", "is required", "say where the entry of --dn is"));
        }
        boolean needsRecord =
                found.filter(webhook -> asks(webhook.definition(), "record")).isPresent();
        Optional<DataSource> source = configuration
                .filter(it -> needsRecord && !it.dataSources().isEmpty())
                .flatMap(it -> given.dataSource(it, arguments.option("--data-source")));
        given.check();
        Webhook webhook = found.orElseThrow();
        SendWebhook command = new SendWebhook(
                webhook.definition(), configuration.orElseThrow().zone(), terminal);
        try {
            Evaluation evaluation = command.evaluation(directory.orElseThrow(), dn.orElseThrow(), source);
            return command.call(webhook, evaluation, arguments.flag("--send"));
        } catch (DirectoryException e) {
            terminal.complain("directory: " + e.kind() + ", " + e.getMessage());
            return ExitStatus.DIRECTORY;
        } catch (ConnectorException e) {
            terminal.complain("source: " + e.kind() + ", " + e.getMessage());
            return ExitStatus.SOURCE;
        }
    }

    private static Optional<DN> dn(Arguments arguments, CommandInput given) {
        Optional<String> text = arguments.option("--dn");
        if (text.isEmpty()) {
            given.add(Problem.of("missing", "--dn", "is required", "name the entry of a user or a group"));
            return Optional.empty();
        }
        try {
            return Optional.of(new DN(text.get()));
        } catch (LDAPException e) {
            given.add(Problem.of("bad-dn", "--dn", "'" + text.get() + "' is no DN", "such as uid=ada,dc=example"));
            return Optional.empty();
        }
    }

    private static Optional<Webhook> webhook(Configuration configuration, String name, CommandInput given) {
        Map<String, Webhook> all = configuration.webhooks();
        if (!name.isEmpty() && !all.containsKey(name)) {
            String message = "there is no webhook '" + name + "'";
            String remedy = all.isEmpty() ? "describe it under webhooks" : Suggestion.remedy(name, all.keySet());
            given.add(Problem.of("unknown-name", "NAME", message, remedy));
        }
        return Optional.ofNullable(all.get(name));
    }

    private static boolean asks(WebhookDefinition webhook, String namespace) {
        return webhook.names().stream().anyMatch(name -> name.namespace().equals(namespace));
    }

    /** Reads the entry and, if a macro asks for it, the user's record; tells which names have no value. */
    private Evaluation evaluation(DirectorySettings settings, DN dn, Optional<DataSource> source) {
        try (Directory directory = settings.open()) {
            return evaluation(directory, dn, source);
        }
    }

    private Evaluation evaluation(Directory directory, DN dn, Optional<DataSource> source) {
        Set<String> attributes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        webhook.names().stream()
                .filter(name -> name.namespace().equals("entry"))
                .forEach(name -> attributes.add(directory.knownName(name.path().column())));
        Optional<String> key =
                source.map(it -> directory.knownName(it.mapping().key().attribute()));
        key.ifPresent(attributes::add);
        ReadOnlyEntry entry = entry(directory, dn, attributes);
        Scope ofEntry = new EntryScope(entry, directory::knownName);
        Optional<UserRecord> record =
                key.map(entry::getAttributeValue).flatMap(value -> source.flatMap(it -> RecordOf.key(value, it)));
        Scope facts = Scope.of(Map.of(
                "run", fields("id", UUID.randomUUID().toString(), "start", now()),
                "action", fields("id", UUID.randomUUID().toString()),
                "change", fields("kind", "manual")));
        Scope known = name -> switch (name.namespace()) {
            case "entry" -> ofEntry.get(name);
            case "record" -> record.map(it -> it.value(name.path())).orElse(Value.absent());
            default -> facts.get(name);
        };
        for (Name name : webhook.names()) {
            if (!OF_THE_CONNECTOR.contains(name.namespace()) && known.get(name).isEmpty()) {
                terminal.complain("note: " + name + " has no value here");
            }
        }
        return Evaluation.of(known).zone(zone);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Value.Fields fields(String... namesAndTexts) {
        Value.Fields fields = Value.Fields.none();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            fields = fields.with(namesAndTexts[i], Value.of(namesAndTexts[i + 1]));
        }
        return fields;
    }

    private static ReadOnlyEntry entry(Directory directory, DN dn, Set<String> attributes) {
        return directory
                .find(dn, attributes)
                .orElseThrow(() -> new DirectoryException(
                        FailureKind.NOT_FOUND,
                        ResultCode.NO_SUCH_OBJECT,
                        Problem.of("no-entry", "", "there is no entry " + dn, ""),
                        null));
    }

    private ExitStatus call(Webhook from, Evaluation evaluation, boolean send) {
        try (Connector connector = from.connector().open(ConnectorContext.defaults())) {
            WebhookCall call = webhook.render(evaluation);
            WebhookCall shown = connector instanceof RestConnector rest ? rest.withHiddenCredentials(call) : call;
            print("Request (" + webhook.name() + ")", webhook.transcript(shown), connector);
            if (!send) {
                terminal.print("");
                terminal.print("not sent; --send sends it");
                return ExitStatus.DONE;
            }
            WebhookResponse response = connector.invokeWebhook(call);
            terminal.print("");
            print("Response", webhook.transcript(response), connector);
            return told(webhook.judge(response, evaluation), connector);
        } catch (ConnectorException e) {
            complain(e.kind() + ", " + e.getMessage());
            return e.kind() == FailureKind.CONSENT_REQUIRED ? ExitStatus.SOURCE : ExitStatus.INCOMPLETE;
        } catch (RollcallException e) {
            complain(String.valueOf(e.getMessage()));
            return ExitStatus.INCOMPLETE;
        }
    }

    private void print(String title, List<String> lines, Connector connector) {
        UnaryOperator<String> hide = hiding(connector);
        terminal.print(title);
        lines.forEach(line -> terminal.print("  " + hide.apply(line)));
    }

    /** Credentials that were granted since the file was read are known to the connector alone. */
    private static UnaryOperator<String> hiding(Connector connector) {
        return connector instanceof RestConnector rest ? rest::hidingCredentials : UnaryOperator.identity();
    }

    private ExitStatus told(WebhookResult result, Connector connector) {
        UnaryOperator<String> hide = hiding(connector);
        result.taken()
                .forEach((name, value) -> terminal.print("taken: " + name + " = " + hide.apply(value.toString())));
        if (!result.isSuccess()) {
            complain("no success: " + hide.apply(result.reason()));
            return ExitStatus.INCOMPLETE;
        }
        terminal.print("success");
        return ExitStatus.DONE;
    }

    private void complain(String what) {
        terminal.complain("webhook " + webhook.name() + ": " + what);
    }
}
