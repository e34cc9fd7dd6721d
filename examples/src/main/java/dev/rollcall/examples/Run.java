package dev.rollcall.examples;

import dev.rollcall.connector.ConfigurationException;
import dev.rollcall.connector.Problem;
import dev.rollcall.connector.Suggestion;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The command behind {@code examples/run}; without arguments it is the demonstration. */
public final class Run {
    /** One thing that the command does. */
    @FunctionalInterface
    interface Command {
        /**
         * Does it.
         *
         * @throws ConfigurationException if arguments or configuration are wrong; nothing was contacted then
         */
        ExitStatus run(List<String> words, Terminal terminal);
    }

    private static final String HELP = """
            examples/run                                 a demonstration on embedded servers
            examples/run sync FILE [--apply]             plan, or plan and apply
                [--allow GUARDRAIL]...                   let this guardrail pass this once
                [--keys K,..]                            these users only
                [--expect-plan HASH]                     apply nothing but this plan
                [--wait 10m]                             with --apply, for a run that is under way
                [--strict]                               conflicts too end with status 5
                [--report OUT.json] [--ldif OUT.ldif]    what was planned and done
                [--html OUT.html]                        the same as a page for people
                [--explain]                              each change says in full where it comes from
                [--data-source NAME]                     which, if the file has several
            examples/run check FILE                      one call per connector and one bind, nothing else
            examples/run lint FILE                       check the file without any connection
                [--samples RECORDS] [--fetch]            try it on records of a file, or of the first page
            examples/run preview FILE [--endpoint NAME] [--connector NAME]
            examples/run authorize FILE [--connector NAME] [--revoke]
            examples/run webhook FILE NAME --dn DN [--send]
            examples/run provision FILE TARGET [--apply] make an application agree; options as with sync
            examples/run runs FILE [RUN] [--json]        the runs of the journal, or one with its changes
                [--report OUT.json]                      the same as a file
            examples/run undo FILE RUN [--apply]         plan, or plan and apply, the undo of a run; options
                                                         as with sync, but for --keys and --explain

            Status: 2 invalid configuration or arguments, 8 too little memory or disk space,
            6 the directory, 7 the state, 4 the source, 3 a guardrail, 5 some changes failed,
            0 done. docs/command.md says more.""";

    private static final Map<String, Command> COMMANDS = new TreeMap<>(Map.of(
            "sync",
            Sync::run,
            "lint",
            Lint::run,
            "check",
            Check::run,
            "preview",
            Preview::run,
            "authorize",
            Authorize::run,
            "webhook",
            SendWebhook::run,
            "provision",
            Provision::run,
            "runs",
            Runs::run,
            "undo",
            Undo::run,
            "demonstration",
            Demonstration::run));

    private static final Set<String> LATER = Set.of("orchestrate", "serve");

    private Run() {}

    /** Runs the command and ends the process with its status. */
    public static void main(String[] args) {
        boolean terminal = Boolean.getBoolean("rollcall.terminal");
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        int code = run(List.of(args), new Terminal(out, err, System.getenv(), terminal));
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    static int run(List<String> words, Terminal terminal) {
        if (words.contains("--help")
                || words.contains("-h")
                || (!words.isEmpty() && words.get(0).equals("help"))) {
            terminal.printText(HELP);
            return ExitStatus.DONE.code();
        }
        String name = words.isEmpty() ? "demonstration" : words.get(0);
        Command command = COMMANDS.get(name);
        if (LATER.contains(name)) {
            terminal.complain(List.of(Problem.of("not-built-yet", name, "is not built yet", "")));
            return ExitStatus.INVALID.code();
        } else if (command == null) {
            String remedy = Suggestion.remedy(name, COMMANDS.keySet());
            terminal.complain(List.of(Problem.of("unknown-command", name, "there is no such command", remedy)));
            return ExitStatus.INVALID.code();
        }
        try {
            return command.run(words.isEmpty() ? words : words.subList(1, words.size()), terminal)
                    .code();
        } catch (ConfigurationException e) {
            terminal.complain(e.problems());
            int count = e.problems().size();
            terminal.complain(
                    count == 1 ? "1 problem; nothing was contacted" : count + " problems; nothing was contacted");
            return ExitStatus.INVALID.code();
        } catch (OutOfMemoryError full) {
            terminal.complain(Outputs.Part.RESOURCES.word() + ": memory ran out: " + full.getMessage()
                    + "; give the JVM more of it with -Xmx");
            return ExitStatus.RESOURCES.code();
        }
    }
}
