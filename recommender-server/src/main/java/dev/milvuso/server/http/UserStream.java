package dev.milvuso.server.http;

import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.recommend.Recommendation;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of a user's lists. It never holds a thread: an event is handed over to the connection, and the next waits
 * until that is done; lists in between are left out. Who takes too long to read one is cut off.
 */
final class UserStream implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(UserStream.class);
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();
    private static final long PERIOD = Duration.ofSeconds(1).toNanos();
    private static final long HEARTBEAT = Duration.ofSeconds(5).toNanos();
    private static final byte[] COMMENT = ": still here\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Supplier<Lists.Made> lists;
    private final Function<Lists.Made, byte[]> writer;
    private final Response response;
    private final EndPoint client;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final AtomicBoolean touched = new AtomicBoolean(true);
    private final AtomicBoolean sending = new AtomicBoolean();
    private volatile long sentAt = System.nanoTime();
    private long lookedAt;
    private long events;
    private @Nullable Recommendation last;

    /**
     * @param lists makes the list as it is now
     * @param writer writes one that is sent
     */
    UserStream(Context context, Supplier<Lists.Made> lists, Function<Lists.Made, byte[]> writer) {
        this.lists = lists;
        this.writer = writer;
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
        this.response = request.getServletContextResponse();
        this.client = request.getConnectionMetaData().getConnection().getEndPoint();
        // Once the request is over, nobody may touch it: it may be another one's by then.
        Request.addCompletionListener(request, failure -> ended.complete(null));
    }

    /** Done when nobody listens any more. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Done when the request is to be ended. */
    CompletableFuture<Void> answered() {
        return answered;
    }

    /** The list may be another one. */
    void touch() {
        touched.set(true);
    }

    /** Looks after the stream; called often, by one thread at a time. */
    @Override
    public void run() {
        try {
            long now = System.nanoTime();
            if (ended.isDone()) {
                return;
            }
            if (sending.get()) {
                cutOffIfSlow(now);
            } else if (touched.getAndSet(false) || now - lookedAt > PERIOD) {
                lookedAt = now;
                look();
            } else if (now - sentAt > HEARTBEAT) {
                send(COMMENT);
            }
        } catch (RuntimeException e) {
            LOG.debug("a stream of lists is over", e);
            ended.complete(null);
        }
    }

    private void cutOffIfSlow(long now) {
        if (now - sentAt > PATIENCE) {
            client.close(new TimeoutException("the stream is not read"));
        }
    }

    private void look() {
        Lists.Made now = lists.get();
        Recommendation before = last;
        if (before == null || !EventStreams.isSame(before.items(), now.list().items())) {
            last = now.list();
            send(event(writer.apply(now)));
        }
    }

    private byte[] event(byte[] list) {
        byte[] head = ("event: list\nid: " + ++events + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + list.length + 2)
                .put(head)
                .put(list)
                .put((byte) '\n')
                .put((byte) '\n')
                .array();
    }

    private void send(byte[] bytes) {
        sending.set(true);
        sentAt = System.nanoTime();
        response.write(false, ByteBuffer.wrap(bytes), Callback.from(() -> sending.set(false), failure -> end()));
    }

    /** Ends the request, unless that is over already. */
    void end() {
        if (ended.complete(null)) {
            answered.complete(null);
        }
    }
}
