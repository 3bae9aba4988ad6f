package dev.milvuso.standalone.importing;

import dev.milvuso.trainer.data.OnError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Posts one array after the other, in the order in which they come. One thread fills it, its own empties it. */
final class Connection implements Runnable {
    private static final int QUEUED = 4;
    private static final int LOOK_MS = 100;

    private final Poster poster;
    private final Outcome outcome;
    private final OnError onError;
    private final Thread thread;
    private final BlockingQueue<List<Entry>> queue = new ArrayBlockingQueue<>(QUEUED);
    private final Map<Kind, List<Entry>> filling = new EnumMap<>(Kind.class);
    private volatile boolean complete;

    Connection(Poster poster, Outcome outcome, OnError onError, String name) {
        this.poster = poster;
        this.outcome = outcome;
        this.onError = onError;
        this.thread = new Thread(this, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** @return how many of its kind wait for {@link #flush} */
    int add(Entry entry) {
        List<Entry> same = filling.computeIfAbsent(entry.kind(), kind -> new ArrayList<>());
        same.add(entry);
        return same.size();
    }

    /** Hands over what waits, in arrays of one kind; blocks while the queue is full. */
    void flush() throws InterruptedException {
        for (List<Entry> array : filling.values()) {
            boolean placed = array.isEmpty();
            while (!placed && !outcome.hasFailed()) {
                placed = queue.offer(array, LOOK_MS, TimeUnit.MILLISECONDS);
            }
        }
        filling.clear();
    }

    /** Returns when everything handed over has been posted, or the import has failed. */
    void finish() throws InterruptedException {
        complete = true;
        thread.join();
    }

    /** Ends it without waiting for what is under way. */
    void abandon() {
        complete = true;
        thread.interrupt();
    }

    @Override
    public void run() {
        try {
            while (!outcome.hasFailed()) {
                List<Entry> array = queue.poll(LOOK_MS, TimeUnit.MILLISECONDS);
                if (array != null) {
                    deliver(array);
                } else if (complete && queue.isEmpty()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            outcome.failed(e);
        }
    }

    private void deliver(List<Entry> array) throws InterruptedException {
        Kind kind = array.get(0).kind();
        Answer answer = poster.post(kind, array);
        if (answer instanceof Answer.Taken taken) {
            outcome.taken(kind, array.size(), taken.eventIds());
        } else if (answer instanceof Answer.Refused refused && !refused.faults().isEmpty()) {
            deliverTheRest(array, refused);
        } else if (array.size() > 1) {
            // Halving finds what the answer does not name.
            deliver(array.subList(0, array.size() / 2));
            deliver(array.subList(array.size() / 2, array.size()));
        } else {
            refuse(array.get(0), answer instanceof Answer.Refused refused ? refused.detail() : String.valueOf(answer));
        }
    }

    private void deliverTheRest(List<Entry> array, Answer.Refused refused) throws InterruptedException {
        List<Entry> rest = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String fault = refused.faults().get(i);
            if (fault == null) {
                rest.add(array.get(i));
            } else {
                refuse(array.get(i), fault);
            }
        }
        if (!rest.isEmpty()) {
            deliver(rest);
        }
    }

    private void refuse(Entry entry, String fault) {
        String message = entry.source() + ": " + fault;
        if (onError == OnError.FAIL) {
            throw new IllegalArgumentException(message);
        }
        outcome.rejected(message);
    }
}
