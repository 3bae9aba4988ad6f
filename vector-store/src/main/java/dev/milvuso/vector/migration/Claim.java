package dev.milvuso.vector.migration;

import dev.milvuso.component.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The right to migrate an alias, for a time. No vector store can compare and set, so each process writes a claim of its
 * own, waits until everybody's reads see it, and withdraws if it then reads another's: of two at the same time at most
 * one goes on. A claim that nobody renews ends by itself. Clocks must agree to a few seconds.
 */
final class Claim implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(60);

    private final Notes notes;
    private final String key;
    private final InstantSource clock;
    private Instant until;

    private Claim(Notes notes, String key, InstantSource clock) {
        this.notes = notes;
        this.key = key;
        this.clock = clock;
        this.until = write();
    }

    /**
     * @param settle how long it may take until a write is seen by reads
     * @throws IllegalStateException if another process has a claim
     */
    static Claim take(Notes notes, String alias, String owner, InstantSource clock, Duration settle) {
        String prefix = "claim/" + alias + "/";
        Claim claim = new Claim(notes, prefix + owner, clock);
        try {
            TimeUnit.NANOSECONDS.sleep(settle.toNanos());
            claim.refuseOthers(prefix, alias);
            return claim;
        } catch (InterruptedException e) {
            claim.close();
            Thread.currentThread().interrupt();
            throw new Unavailable("milvus", "interrupted while " + alias + " was to be migrated", e);
        } catch (RuntimeException e) {
            claim.close();
            throw e;
        }
    }

    private void refuseOthers(String prefix, String alias) {
        for (Map.Entry<String, String> other : notes.startingWith(prefix).entrySet()) {
            Instant end = Instant.ofEpochMilli(Long.parseLong(other.getValue()));
            if (!other.getKey().equals(key) && end.isAfter(clock.instant())) {
                throw new IllegalStateException(alias + " is being migrated by "
                        + other.getKey().substring(prefix.length()) + ", whose claim ends at " + end
                        + " unless it is renewed: try again then");
            }
        }
    }

    private Instant write() {
        Instant end = clock.instant().plus(LEASE);
        notes.write(key, Long.toString(end.toEpochMilli()));
        return end;
    }

    /** @throws IllegalStateException if it has ended, so that another process may have one */
    void renew() {
        Instant now = clock.instant();
        if (!until.isAfter(now)) {
            throw new IllegalStateException(
                    "the claim to migrate ended at " + until + ", before it was renewed: migrate again");
        }
        if (until.minus(LEASE.dividedBy(2)).isBefore(now)) {
            until = write();
        }
    }

    @Override
    public void close() {
        notes.remove(key);
    }
}
