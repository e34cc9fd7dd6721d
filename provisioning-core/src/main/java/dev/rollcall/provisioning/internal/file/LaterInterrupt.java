package dev.rollcall.provisioning.internal.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/**
 * Does what has to be done with a file although the thread is interrupted, which is how a run is cancelled: a channel of a file
 * closes itself then, and an account that was made would have no password in the file. Stateless, and thus thread-safe.
 */
public final class LaterInterrupt {
    private LaterInterrupt() {}

    /** Something that is done with a file, and done again if an interrupt ended it. */
    @FunctionalInterface
    public interface FileAction {
        /**
         * Does it from the beginning.
         *
         * @throws IOException if that fails
         */
        void run() throws IOException;
    }

    /**
     * Does it to its end; the thread is interrupted afterwards if it was before or meanwhile.
     *
     * @throws IOException if it fails for another reason
     */
    public static void run(FileAction action) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    action.run();
                    return;
                } catch (ClosedByInterruptException | FileLockInterruptionException again) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
