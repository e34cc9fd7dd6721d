package dev.rollcall.connectortestkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A plain server socket in front of an HTTP server on loopback. It passes bytes in both directions, and breaks a connection
 * in the ways in which an HTTP server cannot. Thread-safe.
 */
final class Relay implements AutoCloseable {
    private final ServerSocket front;
    private final int server;
    private final Map<Integer, Socket> clients = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(KitThreads.factory());

    /** Starts to listen on a free port, and connects every client to the server on port {@code server}. */
    Relay(int server) {
        this.server = server;
        try {
            front = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return front.getLocalPort();
    }

    private void accept() {
        while (!front.isClosed()) {
            try {
                connect(front.accept());
            } catch (IOException | RejectedExecutionException e) {
                // Closed, or one client that went away: the next one is accepted.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket inner = new Socket(InetAddress.getLoopbackAddress(), server);
        client.setTcpNoDelay(true);
        inner.setTcpNoDelay(true);
        clients.put(inner.getLocalPort(), client);
        threads.execute(() -> pass(client, inner));
        threads.execute(() -> {
            pass(inner, client);
            clients.remove(inner.getLocalPort());
            close(client);
            close(inner);
        });
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            close(to);
        }
    }

    /** Closes a client's connection; the client sees its end. */
    void cut(int port) {
        Socket client = clients.get(port);
        if (client != null) {
            close(client);
        }
    }

    /** Resets a client's connection. */
    void reset(int port) throws IOException {
        Socket client = clients.get(port);
        if (client != null) {
            client.setSoLinger(true, 0);
            client.close();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    @Override
    public void close() {
        try {
            front.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clients.values().forEach(Relay::close);
        threads.shutdownNow();
    }
}
