package dev.milvuso.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.milvuso.server.experiment.Definition;
import dev.milvuso.server.experiment.Guardrail;
import dev.milvuso.server.experiment.Outcome;
import dev.milvuso.server.experiment.Overrides;
import dev.milvuso.server.experiment.Variant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An experiment as it is posted. */
record ExperimentBody(Overrides allowed) {
    private static final int NAME = 64;
    private static final int TEXT = 1000;
    private static final int MOST = 20;

    /**
     * @param name the name in the address, which the body need not repeat; null if there is none
     * @throws Problem naming all that is wrong
     */
    Definition read(JsonNode body, @Nullable String name) {
        List<Problem.Fault> faults = new ArrayList<>();
        Fields fields = new Fields(body, "", faults);
        Optional<String> named = name == null
                ? fields.neededText("name", NAME, Function.identity())
                : Optional.of(fields.text("name", NAME, Function.identity()).orElse(name));
        if (name != null && !named.equals(Optional.of(name))) {
            fields.fault("name", "must be that of the address, or left out");
        }
        String kind = fields.text("kind", NAME, ExperimentBody::kind).orElse("ab");
        String description =
                fields.text("description", TEXT, Function.identity()).orElse("");
        String layer = fields.text("layer", NAME, Function.identity()).orElse("default");
        String salt = fields.text("salt", NAME, Function.identity()).orElse(named.orElse(""));
        double share = fields.number("share").orElse(1);
        List<Variant> variants = list(fields, "variants", faults, this::variant);
        Outcome outcome = fields.text("outcome", NAME, ExperimentBody::outcome).orElse(Outcome.CTR);
        OptionalDouble effect = fields.number("effect");
        double alpha = fields.number("alpha").orElse(0.05);
        List<Guardrail> guardrails = list(fields, "guardrails", faults, ExperimentBody::guardrail);
        fields.refuseUnknown();
        refuse(faults);
        try {
            return new Definition(
                    named.orElse(""),
                    description,
                    kind.equals("interleaving"),
                    layer,
                    salt,
                    share,
                    variants,
                    outcome,
                    effect.orElse(kind.equals("interleaving") ? 0.05 : 0.01),
                    alpha,
                    guardrails);
        } catch (IllegalArgumentException e) {
            throw fault(e);
        }
    }

    private static void refuse(List<Problem.Fault> faults) {
        if (!faults.isEmpty()) {
            throw new Problem(400, faults.get(0).field() + " " + faults.get(0).message(), faults);
        }
    }

    /** The message begins with the field. */
    private static Problem fault(IllegalArgumentException e) {
        String[] parts = String.valueOf(e.getMessage()).split(" ", 2);
        return Problem.of(400, parts[0], parts.length > 1 ? parts[1] : "is wrong");
    }

    private static String kind(String text) {
        if (!text.equals("ab") && !text.equals("interleaving")) {
            throw new IllegalArgumentException("must be ab or interleaving");
        }
        return text;
    }

    private static Outcome outcome(String text) {
        return Outcome.labelled(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be ctr, conversion, engagement, refusal, latency or degraded"));
    }

    private static <T> List<T> list(
            Fields fields,
            String field,
            List<Problem.Fault> faults,
            BiFunction<Fields, List<Problem.Fault>, Optional<T>> each) {
        Optional<JsonNode> node = fields.find(field);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!node.get().isArray() || node.get().size() > MOST) {
            fields.fault(field, "must be an array of at most " + MOST);
            return List.of();
        }
        List<T> all = new ArrayList<>();
        for (int i = 0; i < node.get().size(); i++) {
            Fields entry = new Fields(node.get().get(i), field + "[" + i + "]", faults);
            int before = faults.size();
            Optional<T> read = checked(entry, () -> each.apply(entry, faults));
            entry.refuseUnknown();
            if (faults.size() == before) {
                read.ifPresent(all::add);
            }
        }
        return all;
    }

    private static <T> Optional<T> checked(Fields entry, Supplier<Optional<T>> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            Problem.Fault fault = fault(e).faults().get(0);
            entry.fault(fault.field(), fault.message());
            return Optional.empty();
        }
    }

    private Optional<Variant> variant(Fields fields, List<Problem.Fault> faults) {
        Optional<String> name = fields.neededText("name", NAME, Function.identity());
        double weight = fields.number("weight").orElse(1);
        Map<String, String> overrides = overrides(fields);
        allowed.faultOf(overrides).ifPresent(fault -> fields.fault("overrides", "holds what is wrong: " + fault));
        return name.map(known -> new Variant(known, weight, overrides));
    }

    private static Map<String, String> overrides(Fields fields) {
        Map<String, String> overrides = new HashMap<>();
        Optional<JsonNode> node = fields.find("overrides");
        if (node.isPresent() && (!node.get().isObject() || node.get().size() > MOST)) {
            fields.fault("overrides", "must be an object of at most " + MOST + " keys");
            return overrides;
        }
        node.ifPresent(object -> object.properties().forEach(entry -> {
            String text = entry.getValue().asText();
            if (entry.getValue().isValueNode() && text.length() <= TEXT && UnicodeText.isStorable(text)) {
                overrides.put(entry.getKey(), text);
            } else {
                fields.fault("overrides", "must hold strings, numbers and booleans");
            }
        }));
        return overrides;
    }

    private static Optional<Guardrail> guardrail(Fields fields, List<Problem.Fault> faults) {
        Optional<Outcome> outcome = fields.neededText("outcome", NAME, ExperimentBody::outcome);
        double mostHarm = fields.number("most_harm").orElse(0);
        boolean stops = fields.flag("stops");
        return outcome.map(known -> new Guardrail(known, mostHarm, stops));
    }
}
