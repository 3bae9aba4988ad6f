package dev.milvuso.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an answer until it is whole and sends it without waiting, so that a client that does not read holds the memory
 * of one answer and no thread. Who takes too long to read it is cut off. Streams are sent as they are written.
 */
final class WholeAnswer extends Handler.Wrapper {
    private final Duration patience;
    private final int leastBytesPerSecond;

    /** An answer may take {@code patience}, and as long as its length takes at {@code leastBytesPerSecond}. */
    WholeAnswer(Duration patience, int leastBytesPerSecond) {
        this.patience = patience;
        this.leastBytesPerSecond = leastBytesPerSecond;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Kept(request, response), callback);
    }

    private final class Kept extends Response.Wrapper {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Kept(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void reset() {
            kept.reset();
            super.reset();
        }

        @Override
        public void write(boolean last, @Nullable ByteBuffer content, Callback callback) {
            String type = getHeaders().get(HttpHeader.CONTENT_TYPE);
            if ((type != null && StreamRoutes.STREAMED.contains(type)) || EventStreams.isStream(getHeaders())) {
                super.write(last, content, callback); // it never is whole, and has its own way with slow readers
                return;
            }
            if (last && kept.size() == 0) {
                send(content, callback);
                return;
            }
            if (content != null) {
                byte[] copy = new byte[content.remaining()];
                content.get(copy);
                kept.writeBytes(copy);
            }
            if (last) {
                send(ByteBuffer.wrap(kept.toByteArray()), callback);
            } else {
                callback.succeeded();
            }
        }

        private void send(@Nullable ByteBuffer all, Callback callback) {
            // Asked for before: once the answer is out, the request belongs to the next one.
            EndPoint client =
                    getRequest().getConnectionMetaData().getConnection().getEndPoint();
            Scheduler scheduler = getRequest().getComponents().getScheduler();
            long millis = patience.toMillis() + (all == null ? 0 : all.remaining() * 1000L / leastBytesPerSecond);
            AtomicBoolean sent = new AtomicBoolean();
            super.write(true, all, Callback.from(() -> sent.set(true), callback));
            if (!sent.get()) {
                var unused = scheduler.schedule(
                        () -> {
                            if (!sent.get()) {
                                client.close(new TimeoutException("the answer is not read"));
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
            }
        }
    }
}
