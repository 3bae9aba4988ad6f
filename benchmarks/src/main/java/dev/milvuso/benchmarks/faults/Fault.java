package dev.milvuso.benchmarks.faults;

import dev.milvuso.benchmarks.cluster.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that goes wrong with one or two servers at once.
 *
 * @param services as {@link Cluster#service} names them
 */
record Fault(Kind kind, List<String> services) {
    private static final Duration SLOW = Duration.ofSeconds(2);

    enum Kind {
        STOPPED,
        FROZEN,
        SLOW
    }

    /** Each of the services alone, then any two of them. */
    static List<Fault> all(List<String> services) {
        List<Fault> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            services.forEach(each -> all.add(new Fault(kind, List.of(each))));
        }
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < services.size(); i++) {
                for (int j = i + 1; j < services.size(); j++) {
                    all.add(new Fault(kind, List.of(services.get(i), services.get(j))));
                }
            }
        }
        return all;
    }

    /** Such as {@code redis+milvus frozen}. */
    String name() {
        return String.join("+", services) + " " + kind.name().toLowerCase(Locale.ROOT);
    }

    void begin(Cluster cluster) throws Exception {
        for (String each : services) {
            switch (kind) {
                case STOPPED -> cluster.service(each).kill();
                case FROZEN -> cluster.service(each).freeze();
                case SLOW -> cluster.link(each).delay(SLOW);
            }
        }
    }

    /** Returns when all of them answer again. */
    void end(Cluster cluster) throws Exception {
        for (String each : services) {
            switch (kind) {
                case STOPPED -> cluster.service(each).restart();
                case FROZEN -> cluster.service(each).thaw();
                case SLOW -> cluster.link(each).delay(Duration.ZERO);
            }
        }
    }
}
