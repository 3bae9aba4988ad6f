package dev.milvuso.standalone.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows how far long work has come: a bar on a terminal, a plain line every few seconds elsewhere. */
final class ProgressLine {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);
    private static final int WIDTH = 24;

    /**
     * @param fraction of the work, 0 to 1
     * @param text what has been done and how fast
     * @param secondsLeft as far as the work knows better than its share of the time so far
     */
    record State(double fraction, String text, OptionalDouble secondsLeft) {
        State(double fraction, String text) {
            this(fraction, text, OptionalDouble.empty());
        }
    }

    /** What takes long. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    private final PrintWriter out;
    private final boolean terminal;
    private final Supplier<State> state;
    private final long started = System.nanoTime();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    private ProgressLine(PrintWriter out, boolean terminal, Supplier<State> state) {
        this.out = out;
        this.terminal = terminal;
        this.state = state;
    }

    /** Does the work and shows the state meanwhile. The launcher says whether standard error is a terminal. */
    static <T> T during(PrintWriter out, Supplier<State> state, Work<T> work) throws InterruptedException {
        ProgressLine line = new ProgressLine(out, Boolean.getBoolean("milvuso.terminal"), state);
        long pause = (line.terminal ? ON_TERMINAL : ELSEWHERE).toMillis();
        var unused = line.ticker.scheduleWithFixedDelay(line::print, pause, pause, TimeUnit.MILLISECONDS);
        try {
            return work.run();
        } finally {
            line.end();
        }
    }

    private void print() {
        String text = line(state.get(), (System.nanoTime() - started) / 1e9, terminal);
        // Back to the start of the line, and clear what an earlier, longer one has left.
        out.print(terminal ? "\r\u001b[K" + text : text + System.lineSeparator());
        out.flush();
    }

    static String line(State state, double seconds, boolean bar) {
        double fraction = Math.min(1, Math.max(0, state.fraction()));
        String left = fraction > 0.001
                ? ", " + time(state.secondsLeft().orElse(seconds / fraction * (1 - fraction))) + " left"
                : "";
        String text = String.format(Locale.ROOT, "%3.0f %%, %s%s", 100 * fraction, state.text(), left);
        int full = (int) Math.round(WIDTH * fraction);
        return bar ? "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + text : text;
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }

    private void end() {
        ticker.shutdownNow();
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
