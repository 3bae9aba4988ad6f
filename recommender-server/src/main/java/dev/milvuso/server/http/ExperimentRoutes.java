package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.server.catalogue.RecordCalls;
import dev.milvuso.server.experiment.Definition;
import dev.milvuso.server.experiment.Experiment;
import dev.milvuso.server.experiment.ExperimentStore;
import dev.milvuso.server.experiment.Experiments;
import dev.milvuso.server.experiment.Overrides;
import dev.milvuso.server.experiment.Results;
import dev.milvuso.server.experiment.Watch;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code /experiments}: definitions, what becomes of them, and their results. What this instance changes it knows at
 * once, the others within half a second.
 */
public record ExperimentRoutes(
        ExperimentStore store, Experiments experiments, Watch watch, RecordCalls calls, Overrides overrides) {
    private static final String NAME = "name";

    List<Route> all(JsonReader reader) {
        ExperimentBody body = new ExperimentBody(overrides);
        String one = "/experiments/{name}";
        return List.of(
                new Route(HandlerType.GET, "/experiments", this::list),
                new Route(
                        HandlerType.POST,
                        "/experiments",
                        context -> add(context, body.read(reader.one(context), null))),
                new Route(HandlerType.GET, one, this::get),
                new Route(
                        HandlerType.PUT,
                        one,
                        context -> replace(context, body.read(reader.one(context), name(context)))),
                new Route(HandlerType.DELETE, one, this::delete),
                new Route(HandlerType.POST, one + "/start", context -> change(context, store::start)),
                new Route(
                        HandlerType.POST,
                        one + "/stop",
                        context -> change(context, name -> store.stop(name, "stopped by hand"))),
                new Route(
                        HandlerType.POST,
                        one + "/conclude",
                        context -> conclude(context, winner(reader.one(context)))));
    }

    private static String name(Context context) {
        return Parameters.path(context, NAME, Function.identity());
    }

    private void list(Context context) {
        Parameters.of(context);
        Answers.later(
                context,
                calls.call(store::all),
                all -> Answers.json(
                        context,
                        200,
                        Map.of(
                                "experiments",
                                all.stream().map(ExperimentJson::of).toList())));
    }

    private void add(Context context, Definition definition) {
        Answers.later(
                context,
                calls.call(allowed(() -> {
                    store.add(definition);
                    return find(definition.name());
                })),
                added -> Answers.json(context, 201, ExperimentJson.of(added)));
    }

    private Experiment find(String name) {
        return store.find(name).orElseThrow(() -> unknown(name));
    }

    private static Problem unknown(String name) {
        return Problem.of(404, NAME, "is of no experiment: " + JsonPlace.cut(name));
    }

    /** What the record refuses is a problem of whoever asked. */
    private static <T> Supplier<T> allowed(Supplier<T> work) {
        return () -> {
            try {
                return work.get();
            } catch (ExperimentStore.Conflict e) {
                throw new Problem(409, String.valueOf(e.getMessage()));
            }
        };
    }

    private record WithResults(Experiment experiment, Results results) {}

    private void get(Context context) {
        Parameters.of(context);
        String name = name(context);
        Answers.later(
                context,
                calls.call(() -> {
                    Experiment found = find(name);
                    return new WithResults(found, watch.results(found.definition()));
                }),
                found -> {
                    Map<String, Object> body = ExperimentJson.of(found.experiment());
                    body.put("results", found.results());
                    Answers.json(context, 200, body);
                });
    }

    private void replace(Context context, Definition definition) {
        change(context, name -> store.replace(definition));
    }

    private void delete(Context context) {
        String name = name(context);
        Answers.later(
                context,
                calls.call(allowed(() -> {
                    if (!store.delete(name)) {
                        throw unknown(name);
                    }
                    experiments.run();
                    return name;
                })),
                done -> context.status(204));
    }

    private void change(Context context, Function<String, Boolean> change) {
        String name = name(context);
        Answers.later(
                context,
                calls.call(allowed(() -> {
                    if (!change.apply(name)) {
                        throw unknown(name);
                    }
                    experiments.run();
                    return find(name);
                })),
                changed -> Answers.json(context, 200, ExperimentJson.of(changed)));
    }

    private static String winner(JsonNode body) {
        List<Problem.Fault> faults = new ArrayList<>();
        Fields fields = new Fields(body, "", faults);
        Optional<String> winner = fields.neededText("winner", 64, Function.identity());
        fields.refuseUnknown();
        if (!faults.isEmpty()) {
            throw new Problem(400, faults.get(0).field() + " " + faults.get(0).message(), faults);
        }
        return winner.orElseThrow();
    }

    private void conclude(Context context, String winner) {
        change(context, name -> {
            Optional<Experiment> found = store.find(name);
            if (found.isPresent() && found.get().definition().variant(winner).isEmpty()) {
                throw Problem.of(400, "winner", "is no variant of " + name + ": " + JsonPlace.cut(winner));
            }
            return store.conclude(name, winner);
        });
    }
}
