package dev.milvuso.benchmarks.process;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests at a steady rate, whatever the answers take, until it is closed. What an answer takes counts from when its
 * request was due, so that one that is late makes those behind it late too.
 */
public final class Paced implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Supplier<HttpRequest> requests;
    private final double perSecond;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "paced");
    private volatile boolean stopped;

    /**
     * @param due by {@link System#nanoTime}
     * @param status 0 if there was no answer
     */
    public record Answer(long due, long end, int status, String body) {
        public double millis() {
            return (end - due) / 1e6;
        }
    }

    /** @param requests makes the next one; each should have a timeout */
    public Paced(double perSecond, Supplier<HttpRequest> requests) {
        this.perSecond = perSecond;
        this.requests = requests;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        long start = System.nanoTime();
        for (long sent = 0; !stopped; sent++) {
            long due = start + (long) (sent * 1e9 / perSecond);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            var unused = CLIENT.sendAsync(requests.get(), BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> answered(due, answer, failure == null));
        }
    }

    private void answered(long due, HttpResponse<String> answer, boolean isAnswer) {
        int status = isAnswer ? answer.statusCode() : 0;
        answers.add(new Answer(due, System.nanoTime(), status, isAnswer ? answer.body() : ""));
    }

    /** Those that were due from {@code from} to {@code to}, as far as they have come. */
    public List<Answer> due(long from, long to) {
        List<Answer> due = new ArrayList<>();
        for (Answer each : answers) {
            if (each.due() >= from && each.due() < to) {
                due.add(each);
            }
        }
        return due;
    }

    /** Milliseconds, in order. */
    public static double[] sortedMillis(List<Answer> answers) {
        return answers.stream().mapToDouble(Answer::millis).sorted().toArray();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
