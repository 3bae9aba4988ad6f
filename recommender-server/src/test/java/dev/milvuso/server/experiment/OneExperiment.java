package dev.milvuso.server.experiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One experiment that runs, and stays as it is. */
record OneExperiment(String name) implements ExperimentStore {
    @Override
    public List<Experiment> all() {
        Definition definition = new Definition(
                name,
                "",
                false,
                "layer",
                name,
                1,
                List.of(new Variant("a", 1, Map.of()), new Variant("b", 1, Map.of())),
                Outcome.CTR,
                0.01,
                0.05,
                List.of());
        return List.of(new Experiment(
                definition, Experiment.State.RUNNING, 0, Optional.empty(), Optional.empty(), "", Optional.empty()));
    }

    @Override
    public Optional<Experiment> find(String wanted) {
        return Optional.empty();
    }

    @Override
    public void add(Definition definition) {}

    @Override
    public boolean replace(Definition definition) {
        return false;
    }

    @Override
    public boolean delete(String wanted) {
        return false;
    }

    @Override
    public boolean start(String wanted) {
        return false;
    }

    @Override
    public boolean stop(String wanted, String message) {
        return false;
    }

    @Override
    public boolean conclude(String wanted, String winner) {
        return false;
    }
}
