package dev.milvuso.trainer.online.postgres;

import dev.milvuso.component.Unavailable;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to learn and to write (Gray and Cheriton, "Leases", SOSP 1989). Whoever takes it begins a new epoch, which
 * every record carries, so that readers refuse what an older holder may still send. The holder renews it on a thread of
 * its own and counts its time from before each renewal was asked for, so that it stops before anybody else may begin. A
 * process that was halted and goes on finds the time over and asks before it writes.
 */
public final class TrainerLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerLease.class);
    private static final int RENEWALS = 5;

    private final LeaseTable table;
    private final long epoch;
    private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "trainer-lease");
        thread.setDaemon(true);
        return thread;
    });
    private volatile long heldSince;
    private volatile boolean lost;

    private TrainerLease(LeaseTable table, long epoch, long heldSince) {
        this.table = table;
        this.epoch = epoch;
        this.heldSince = heldSince;
        long interval = table.time().toNanos() / RENEWALS;
        var unused = renewing.scheduleWithFixedDelay(this::renew, interval, interval, TimeUnit.NANOSECONDS);
    }

    /**
     * Takes the lease if nobody has it.
     *
     * @param mine a lease of this holder's name counts as free; "" for none
     * @throws Unavailable if PostgreSQL does not answer
     */
    public static Optional<TrainerLease> take(LeaseTable table, String mine) {
        long asked = System.nanoTime();
        OptionalLong epoch = table.take(mine);
        return epoch.isPresent() ? Optional.of(new TrainerLease(table, epoch.getAsLong(), asked)) : Optional.empty();
    }

    private void renew() {
        long asked = System.nanoTime();
        try {
            if (table.renew(epoch)) {
                heldSince = asked;
            } else {
                lost = true;
            }
        } catch (Unavailable e) {
            LOG.debug("the trainer's lease could not be renewed: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the trainer's lease could not be renewed", e);
        }
    }

    public long epoch() {
        return epoch;
    }

    /** Whether nobody else can have it: only then anything may be written. */
    public boolean isHeld() {
        return !lost && System.nanoTime() - heldSince < table.time().toNanos();
    }

    /** Whether another trainer has taken it. While PostgreSQL does not answer it is neither held nor lost. */
    public boolean isLost() {
        return lost;
    }

    /** Gives it back, so that the next one need not wait; may be called more than once. */
    @Override
    public void close() {
        renewing.shutdownNow();
        if (isHeld()) {
            lost = true;
            try {
                table.release(epoch);
            } catch (RuntimeException e) {
                LOG.debug("the trainer's lease runs out by itself: {}", e.getMessage());
            }
        }
    }
}
