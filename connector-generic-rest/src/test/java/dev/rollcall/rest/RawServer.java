package dev.rollcall.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A server that sends what a test gives it, whether that is HTTP or not. Thread-safe. */
final class RawServer implements AutoCloseable {
    /** What is done with a connection on which a request came. */
    @FunctionalInterface
    interface Behaviour {
        void answer(Socket socket, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** A server that reads a request before it answers. */
    RawServer(Behaviour behaviour) {
        this(listening(), (socket, out) -> {
            readRequest(socket.getInputStream());
            behaviour.answer(socket, out);
        });
    }

    /** A server that reads nothing before the test asks for it. */
    RawServer(ServerSocket listening, Behaviour behaviour) {
        server = listening;
        thread = new Thread(() -> serve(behaviour), "raw server");
        thread.setDaemon(true);
        thread.start();
    }

    static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return a server that sends this and closes the connection} */
    static RawServer saying(String text) {
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return new RawServer((socket, out) -> out.write(bytes));
    }

    int port() {
        return server.getLocalPort();
    }

    /** Holds a connection open until the server is closed. */
    void hold() throws InterruptedException {
        closed.await();
    }

    private void serve(Behaviour behaviour) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                behaviour.answer(socket, socket.getOutputStream());
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // The other side went away, which is what some of these answers are for.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** {@return the line and the headers of a request, or what came of them} */
    static String readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int last = 0;
        while (last != 0x0d0a0d0a) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            read.write(c);
            last = (last << 8) | c;
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            server.close();
        } catch (IOException e) {
            // Gone is gone.
        }
    }
}
