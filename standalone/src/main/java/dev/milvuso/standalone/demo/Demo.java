package dev.milvuso.standalone.demo;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Fills a running system with films and visitors and says every few seconds how well its lists suit them. */
public final class Demo implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final FilmCatalogue catalogue = new FilmCatalogue();
    private final Shop shop;
    private final Visitors visitors;
    private final PrintStream out;
    private volatile boolean closed;

    /** @param out where the lines go */
    public Demo(String url, double visitsPerSecond, PrintStream out) {
        this.shop = new Shop(url);
        this.visitors = new Visitors(catalogue, shop, visitsPerSecond);
        this.out = out;
    }

    /**
     * Returns when the time is over, or soon after this was closed.
     *
     * @return how well the lists of the last interval suited
     * @throws IOException if the system does not take the films, or does not answer
     */
    public Summary run(Duration time) throws IOException, InterruptedException {
        shop.offer(catalogue.films());
        out.printf(
                Locale.ROOT,
                "%d films of %d genres; every visitor likes two genres, which Milvuso is not told%n",
                catalogue.films().size(),
                FilmCatalogue.GENRES.size());
        visitors.start();
        long began = System.nanoTime();
        Freshness before = Freshness.NONE;
        long actions = 0;
        Score score = Score.NONE;
        do {
            Duration left = time.minusNanos(System.nanoTime() - began);
            Thread.sleep(Math.max(0, Math.min(INTERVAL.toMillis(), left.toMillis())));
            score = visitors.taken();
            actions += score.actions();
            Freshness now = freshness(before);
            if (closed) {
                break;
            }
            say((System.nanoTime() - began) / 1_000_000_000L, actions, score, now.since(before));
            before = now;
        } while (System.nanoTime() - began < time.toNanos());
        return new Summary(actions, score.suitedAList(), score.popularSuitedAList(), score.clicksAList());
    }

    /** What is measured while the system goes away says nothing. */
    private Freshness freshness(Freshness before) throws IOException, InterruptedException {
        try {
            return Freshness.in(shop.metrics());
        } catch (IOException e) {
            if (closed) {
                return before;
            }
            throw e;
        }
    }

    /** @param suited films of a list of ten that suited in the last interval, on average */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Summary(long actions, double suited, double popularSuited, double clicks) {}

    private void say(long seconds, long actions, Score score, double freshness) {
        out.printf(
                Locale.ROOT,
                "%5d s %7d actions | to the visitor's taste, of %d: recommended %4.1f, popular list %4.1f"
                        + " | clicks a list %.2f | an action shows after %.0f ms%n",
                seconds,
                actions,
                Visit.LIST,
                score.suitedAList(),
                score.popularSuitedAList(),
                score.clicksAList(),
                freshness * 1000);
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
        visitors.close();
    }
}
