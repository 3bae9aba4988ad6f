package dev.milvuso.server.action.kafka;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Marks what this process writes to the log, so that it need not read again what its parts were told of when it was
 * written. After a write of which it is not known whether it was done, everything is read for a while.
 */
public final class Origin {
    private static final String HEADER = "milvuso-origin";
    private static final Duration DOUBT = Duration.ofMinutes(10);

    private final byte[] mark = new byte[12];
    private volatile long inDoubtUntil = System.nanoTime();

    public Origin() {
        new SecureRandom().nextBytes(mark);
    }

    ProducerRecord<String, byte[]> marked(ProducerRecord<String, byte[]> record) {
        record.headers().add(HEADER, mark);
        return record;
    }

    /** A write failed for whoever asked for it, and may yet be done. */
    void doubt() {
        inDoubtUntil = System.nanoTime() + DOUBT.toNanos();
    }

    /** Whether this process wrote the record and told its parts of it. */
    public boolean isTold(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(HEADER);
        return header != null && Arrays.equals(header.value(), mark) && inDoubtUntil - System.nanoTime() <= 0;
    }
}
