package dev.milvuso.trainer.online;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Hands over the parts of a group in order; the next ones are being read and checked meanwhile. */
final class ReadAhead implements Ring.Parts {
    private static final int AHEAD = 16;

    private final List<Place> places;
    private final PartFiles.Reader reader;
    private final ExecutorService executor;
    private final Deque<Future<ByteBuffer>> ahead = new ArrayDeque<>();
    private int given;

    ReadAhead(List<Place> places, PartFiles.Reader reader, ExecutorService executor) {
        this.places = places;
        this.reader = reader;
        this.executor = executor;
    }

    @Override
    public ByteBuffer part(int number) throws IOException {
        if (number != given || number >= places.size()) {
            throw new IOException("its part " + number + " of " + places.size() + " is asked for after " + given);
        }
        while (ahead.size() < AHEAD && given + ahead.size() < places.size()) {
            Place next = places.get(given + ahead.size());
            ahead.add(executor.submit(() -> reader.read(next)));
        }
        given++;
        return await(ahead.remove());
    }

    private static ByteBuffer await(Future<ByteBuffer> part) throws IOException {
        try {
            return part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a snapshot was being read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            throw new IllegalStateException("a snapshot cannot be read", e);
        }
    }
}
