package dev.milvuso.server.experiment;

import dev.milvuso.component.Unavailable;
import dev.milvuso.postgres.StatementRefused;
import dev.milvuso.server.quality.Following;
import dev.milvuso.server.quality.Meaning;
import dev.milvuso.server.quality.OpenList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down, in batches, what comes of the lists that this instance has served under experiments. Every list counts
 * on the instance that served it, and there only. What had not been written at a crash, at most about a second, and
 * what followed while the instance was away are missing; both are missing for all variants alike. Safe for use by many
 * threads.
 */
public final class Ledger implements Following, Runnable {
    /** Entries that wait for PostgreSQL; beyond them what comes is dropped. */
    static final int MOST_WAITING = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private record Key(String experiment, String user, Instant servedAt) {}

    private final OutcomeStore store;
    private final Experiments experiments;
    private final String instance;
    private final BooleanSupplier live;
    private Map<Key, UserSums> waiting = new HashMap<>();
    private long dropped;

    /**
     * @param instance under which this server writes its lists
     * @param live whether the log has been read up to the present; what is read before has been counted already
     */
    public Ledger(OutcomeStore store, Experiments experiments, String instance, BooleanSupplier live) {
        this.store = store;
        this.experiments = experiments;
        this.instance = instance;
        this.live = live;
    }

    @Override
    public void served(OpenList list) {
        list.origin()
                .variants()
                .forEach((experiment, variant) -> add(
                        list,
                        new UserSums(
                                experiment,
                                list.user().value(),
                                variant,
                                at(list),
                                1,
                                list.length(),
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0)));
    }

    @Override
    public void followed(OpenList list, int position, int added) {
        int click = bit(added, Meaning.CLICK);
        list.origin().variants().forEach((experiment, variant) -> {
            String first = first(experiment);
            boolean isFirst =
                    !list.team(position).isEmpty() && list.team(position).equals(first);
            boolean isSecond = !list.team(position).isEmpty() && !isFirst;
            add(
                    list,
                    new UserSums(
                            experiment,
                            list.user().value(),
                            variant,
                            at(list),
                            0,
                            0,
                            click,
                            bit(added, Meaning.CONVERSION),
                            bit(added, Meaning.FAVOUR),
                            bit(added, Meaning.AGAINST),
                            isFirst ? click : 0,
                            isSecond ? click : 0,
                            0,
                            0));
        });
    }

    private static int bit(int bits, int wanted) {
        return (bits & wanted) != 0 ? 1 : 0;
    }

    private static Instant at(OpenList list) {
        return Instant.ofEpochMilli(list.servedAt());
    }

    private String first(String experiment) {
        return experiments.running().stream()
                .filter(each -> each.name().equals(experiment))
                .map(each -> each.definition().control().name())
                .findFirst()
                .orElse("");
    }

    private void add(OpenList list, UserSums sums) {
        if (live.getAsBoolean() && list.origin().instance().equals(instance)) {
            add(sums);
        }
    }

    /** A list was made. What the log does not say: how long that took, and whether everything could be asked. */
    public void made(Assignment assignment, String user, Instant servedAt, double seconds, boolean isDegraded) {
        assignment
                .variants()
                .forEach((experiment, variant) -> add(new UserSums(
                        experiment, user, variant, servedAt, 0, 0, 0, 0, 0, 0, 0, 0, seconds, isDegraded ? 1 : 0)));
    }

    private synchronized void add(UserSums sums) {
        if (waiting.size() >= MOST_WAITING) {
            dropped++;
            return;
        }
        waiting.merge(new Key(sums.experiment(), sums.user(), sums.servedAt()), sums, UserSums::plus);
    }

    /** Writes what waits, of experiments that still run. To be called every second or so. */
    @Override
    public void run() {
        List<String> running =
                experiments.running().stream().map(Experiment::name).toList();
        List<UserSums> sums = new ArrayList<>(taken().values());
        sums.removeIf(each -> !running.contains(each.experiment()));
        if (sums.isEmpty()) {
            return;
        }
        try {
            store.add(sums);
        } catch (Unavailable e) {
            LOG.debug("what came of experiments waits for PostgreSQL", e);
            sums.forEach(this::add);
        } catch (StatementRefused e) {
            LOG.warn("what came of {} lists under experiments is lost", sums.size(), e);
        }
    }

    private synchronized Map<Key, UserSums> taken() {
        Map<Key, UserSums> all = waiting;
        waiting = new HashMap<>();
        if (dropped > 0) {
            LOG.warn("what came of {} lists under experiments is lost: too much waited for PostgreSQL", dropped);
            dropped = 0;
        }
        return all;
    }
}
