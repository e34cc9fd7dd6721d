package dev.rollcall.integration.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes bytes on to a server on this machine until a test makes it hang: then it takes all and answers nothing. Thread-safe. */
final class HangingProxy implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile boolean hangs;

    HangingProxy(int port) throws IOException {
        this.port = port;
        background(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void hang() {
        hangs = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(server);
                background(() -> pass(client, server));
                background(() -> pass(server, client));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!hangs) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException closed) {
            // one of the two has gone
        }
    }

    private static void background(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
