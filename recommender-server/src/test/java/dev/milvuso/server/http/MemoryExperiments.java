package dev.milvuso.server.http;

import dev.milvuso.component.Unavailable;
import dev.milvuso.server.experiment.Definition;
import dev.milvuso.server.experiment.Experiment;
import dev.milvuso.server.experiment.ExperimentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Experiments in memory, without rules of what may follow what; the one named {@code away} cannot be reached. */
final class MemoryExperiments implements ExperimentStore {
    private final Map<String, Experiment> all = new ConcurrentSkipListMap<>();

    private boolean put(Definition definition, Experiment.State state, Optional<String> winner) {
        Experiment made = new Experiment(definition, state, 0, Optional.empty(), Optional.empty(), "", winner);
        return all.put(definition.name(), made) != null;
    }

    @Override
    public List<Experiment> all() {
        return new ArrayList<>(all.values());
    }

    @Override
    public Optional<Experiment> find(String name) {
        if (name.equals("away")) {
            throw new Unavailable("postgres", "Connection to 10.1.2.3:5432 refused", null);
        }
        return Optional.ofNullable(all.get(name));
    }

    @Override
    public void add(Definition definition) {
        if (all.containsKey(definition.name())) {
            throw new Conflict("there is an experiment of the name " + definition.name() + " already");
        }
        put(definition, Experiment.State.DRAFT, Optional.empty());
    }

    @Override
    public boolean replace(Definition definition) {
        return all.containsKey(definition.name()) && put(definition, Experiment.State.DRAFT, Optional.empty());
    }

    @Override
    public boolean delete(String name) {
        return all.remove(name) != null;
    }

    @Override
    public boolean start(String name) {
        return find(name)
                .map(each -> put(each.definition(), Experiment.State.RUNNING, Optional.empty()))
                .orElse(false);
    }

    @Override
    public boolean stop(String name, String message) {
        return find(name)
                .map(each -> put(each.definition(), Experiment.State.STOPPED, Optional.empty()))
                .orElse(false);
    }

    @Override
    public boolean conclude(String name, String winner) {
        return find(name)
                .map(each -> put(each.definition(), Experiment.State.CONCLUDED, Optional.of(winner)))
                .orElse(false);
    }
}
