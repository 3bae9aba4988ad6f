package dev.milvuso.standalone.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One of the product's own measurements. {@link java.util.ServiceLoader} finds those that are on the class path. */
public interface Benchmark {
    /** Behind {@code ./milvuso bench}; small letters. */
    String name();

    /** One line. */
    String description();

    /** The options that it takes. */
    List<Parameter> parameters();

    /**
     * Measures on this machine alone, and starts what it needs by itself.
     *
     * @return a row for each measurement; each begins with {@code name}, units stand in the names of the fields, and
     *     ratios are named {@code ratio_to_<peer>}
     * @throws IllegalArgumentException naming the option that is wrong and what would be right
     */
    List<ObjectNode> measure(Session session) throws Exception;

    /** Whether it came out as it must, for measurements where something can be wrong; otherwise the command fails. */
    default boolean passes(List<ObjectNode> rows) {
        return true;
    }
}
