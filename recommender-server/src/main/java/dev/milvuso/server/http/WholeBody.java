package dev.milvuso.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body to its end before a thread is given to its request, so that slow senders hold none. It is copied
 * together: a chunk may be as small as a byte, and keeping each by itself would take many times the body's size. One
 * that is too large is refused with 413, whatever a {@code Content-Length} says or leaves out.
 */
final class WholeBody extends EagerContentHandler.ContentLoader implements Invocable.Task {
    /**
     * How much of a body that is too large is read and thrown away before the answer: who still sends while the
     * connection is closed may never see the answer.
     */
    private static final int PASSED_OVER = 16 << 20;

    private final int maxBytes;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private long size;

    /** What ended the body; none: it is too large, and nobody waits for its end. */
    private Content.@Nullable Chunk last;

    private WholeBody(int maxBytes, Handler next, Request request, Response response, Callback callback) {
        super(next, request, response, callback);
        this.maxBytes = maxBytes;
    }

    /** Of bodies of any media type. */
    record Factory(int maxBytes) implements EagerContentHandler.ContentLoaderFactory {
        @Override
        public @Nullable String getApplicableMimeType() {
            return null;
        }

        @Override
        public WholeBody newContentLoader(
                String type, String mimeType, Handler next, Request request, Response response, Callback callback) {
            return new WholeBody(maxBytes, next, request, response, callback);
        }
    }

    @Override
    protected void load() {
        boolean waits = getRequest().getHeaders().contains(HttpHeader.EXPECT);
        boolean isHopeless = isTooLarge(getRequest().getLength())
                && (waits || isPastWaiting(getRequest().getLength()));
        if (isHopeless || isOver()) {
            end();
        }
    }

    private boolean isTooLarge(long length) {
        return length > maxBytes;
    }

    private boolean isPastWaiting(long length) {
        return length > (long) maxBytes + PASSED_OVER;
    }

    /** More of the body has come; not to be held up on a thread that looks after connections. */
    @Override
    public void run() {
        if (isOver()) {
            getRequest().getContext().execute(this::end);
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Reads what is there; false if more will come, of which it will be told. */
    private boolean isOver() {
        while (true) {
            Content.Chunk chunk = getRequest().read();
            if (chunk == null) {
                getRequest().demand(this);
                return false;
            }
            if (Content.Chunk.isFailure(chunk)) {
                last = chunk;
                return true;
            }
            take(chunk);
            if (chunk.isLast()) {
                last = Content.Chunk.EOF;
                return true;
            }
            if (isPastWaiting(size)) {
                return true;
            }
        }
    }

    private void take(Content.Chunk chunk) {
        ByteBuffer bytes = chunk.getByteBuffer();
        size += bytes.remaining();
        if (isTooLarge(size)) {
            read.reset();
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            read.writeBytes(copy);
        }
        chunk.release();
    }

    private void end() {
        Content.Chunk end = last;
        if (end == null || (isTooLarge(size) && !Content.Chunk.isFailure(end))) {
            Response.writeError(getRequest(), getResponse(), getCallback(), HttpStatus.PAYLOAD_TOO_LARGE_413);
        } else {
            handle(new Whole(getRequest(), read.toByteArray(), end), getResponse(), getCallback());
        }
    }

    /** The request, with the body as it was read and what came after it: its end or a failure. */
    private static final class Whole extends Request.Wrapper {
        private final Content.Chunk end;
        private Content.@Nullable Chunk body;

        Whole(Request request, byte[] body, Content.Chunk end) {
            super(request);
            this.body = body.length == 0 ? null : Content.Chunk.from(ByteBuffer.wrap(body), false);
            this.end = end;
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk next = body;
            body = null;
            return next == null ? end : next;
        }

        /** There is always something to read. */
        @Override
        public void demand(Runnable told) {
            getContext().execute(told);
        }
    }
}
