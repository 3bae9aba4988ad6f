package dev.milvuso.server.experiment;

import java.util.List;
import java.util.Optional;

/** The experiments' record. Every call may throw {@link dev.milvuso.component.Unavailable}. */
public interface ExperimentStore {
    /** It cannot be done as things are; the message says why, for whoever asked. */
    final class Conflict extends RuntimeException {
        public Conflict(String message) {
            super(message, null, false, false);
        }
    }

    List<Experiment> all();

    Optional<Experiment> find(String name);

    /** Adds a draft; throws {@link Conflict} if there is an experiment of that name, or too many. */
    void add(Definition definition);

    /** Replaces a draft; throws {@link Conflict} if it is one no longer. @return false if there is none */
    boolean replace(Definition definition);

    /** With all that is known of its users; throws {@link Conflict} while it runs. @return false if there is none */
    boolean delete(String name);

    /** Gives it its part of the layer; throws {@link Conflict} if it is no draft, or the layer is full. */
    boolean start(String name);

    /** Throws {@link Conflict} if it does not run. */
    boolean stop(String name, String message);

    /** Throws {@link Conflict} if it was never started. */
    boolean conclude(String name, String winner);
}
