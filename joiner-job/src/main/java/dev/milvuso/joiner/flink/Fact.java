package dev.milvuso.joiner.flink;

import dev.milvuso.joiner.core.Act;
import dev.milvuso.joiner.core.EventKey;
import dev.milvuso.joiner.core.Served;

/** What a record of a source says. */
public sealed interface Fact {
    /** Event time in milliseconds. */
    long time();

    /** Somebody did something. */
    record Happened(Act act) implements Fact {
        @Override
        public long time() {
            return act.time();
        }
    }

    /** The server has answered with a list. */
    record Listed(Served list) implements Fact {
        @Override
        public long time() {
            return list.time();
        }
    }

    /** The features of an event. */
    record Known(EventKey event, byte[] features) implements Fact {
        @Override
        public long time() {
            return Long.MIN_VALUE;
        }
    }

    /** Nothing but that time goes on. */
    record Beat(long time) implements Fact {}

    /** A record that could not be understood. */
    record Rejected(DeadLetter letter) implements Fact {
        @Override
        public long time() {
            return Long.MIN_VALUE;
        }
    }
}
