package dev.rollcall.rest.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A response body as a stream whose reads end: the timeout of the JDK's client covers the headers only, so a body that
 * falls silent would block for ever. The HTTP client writes from its threads, one thread reads.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    private static final int AHEAD = 2;
    private static final Object END = new Object();

    private record Broken(Throwable cause) {}

    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();
    private final long idleNanos;
    private final long totalNanos;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;
    private long waitedNanos;
    private boolean ended;

    BodyStream(Duration idle, Duration total) {
        this.idleNanos = idle.toNanos();
        this.totalNanos = total.toNanos();
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (closed) {
            newSubscription.cancel();
        } else {
            newSubscription.request(AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(buffers);
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new Broken(failure));
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    @Override
    public int read() throws IOException {
        ByteBuffer buffer = buffer();
        if (buffer == null) {
            return -1;
        }
        return buffer.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = buffer();
        if (buffer == null) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    /** {@return the buffer to read from, with at least one byte in it; null at the end} */
    private @Nullable ByteBuffer buffer() throws IOException {
        while (true) {
            ByteBuffer buffer = ready.peek();
            if (buffer != null && buffer.hasRemaining()) {
                return buffer;
            }
            if (buffer != null) {
                ready.remove();
            } else if (ended || closed) {
                return null;
            } else {
                take();
            }
        }
    }

    private void take() throws IOException {
        Object item = poll();
        if (item == END) {
            ended = true;
        } else if (item instanceof Broken broken) {
            ended = true;
            throw new IOException(broken.cause().getMessage(), broken.cause());
        } else if (item instanceof List<?> buffers) {
            for (Object buffer : buffers) {
                ready.add((ByteBuffer) buffer);
            }
            Flow.Subscription current = subscription;
            if (current != null) {
                current.request(1);
            }
        }
    }

    private Object poll() throws IOException {
        Object item = arrived.poll();
        if (item != null) {
            return item;
        }
        long start = System.nanoTime();
        try {
            item = arrived.poll(Math.min(idleNanos, totalNanos - waitedNanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading the body");
        }
        waitedNanos += System.nanoTime() - start;
        if (item == null) {
            boolean whole = waitedNanos >= totalNanos;
            close();
            throw new HttpTimeoutException(
                    whole
                            ? "the body took longer than " + Duration.ofNanos(totalNanos)
                            : "the body was silent for " + Duration.ofNanos(idleNanos));
        }
        return item;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Flow.Subscription current = subscription;
            if (current != null && !ended) {
                current.cancel();
            }
        }
    }
}
