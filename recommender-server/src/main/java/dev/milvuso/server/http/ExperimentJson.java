package dev.milvuso.server.http;

import dev.milvuso.server.experiment.Definition;
import dev.milvuso.server.experiment.Experiment;
import dev.milvuso.server.experiment.Guardrail;
import dev.milvuso.server.experiment.Variant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An experiment as answers hold it: the fields of a definition as they are posted, and its state. */
final class ExperimentJson {
    private ExperimentJson() {}

    static Map<String, Object> of(Experiment experiment) {
        Map<String, Object> body = of(experiment.definition());
        body.put("state", experiment.state().label());
        experiment.startedAt().ifPresent(time -> body.put("started_at", time.toString()));
        experiment.endedAt().ifPresent(time -> body.put("ended_at", time.toString()));
        if (!experiment.message().isEmpty()) {
            body.put("message", experiment.message());
        }
        experiment.winner().ifPresent(winner -> body.put("winner", winner));
        return body;
    }

    private static Map<String, Object> of(Definition definition) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", definition.name());
        body.put("description", definition.description());
        body.put("kind", definition.interleaved() ? "interleaving" : "ab");
        body.put("layer", definition.layer());
        body.put("salt", definition.salt());
        body.put("share", definition.share());
        body.put(
                "variants",
                definition.variants().stream().map(ExperimentJson::of).toList());
        body.put("outcome", definition.outcome().label());
        body.put("effect", definition.effect());
        body.put("alpha", definition.alpha());
        body.put(
                "guardrails",
                definition.guardrails().stream().map(ExperimentJson::of).toList());
        return body;
    }

    private static Map<String, Object> of(Variant variant) {
        return Map.of("name", variant.name(), "weight", variant.weight(), "overrides", variant.overrides());
    }

    private static Map<String, Object> of(Guardrail guardrail) {
        return Map.of(
                "outcome", guardrail.outcome().label(), "most_harm", guardrail.mostHarm(), "stops", guardrail.stops());
    }
}
