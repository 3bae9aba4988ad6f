package dev.milvuso.server.http;

import dev.milvuso.server.catalogue.RecordCalls;
import dev.milvuso.server.rules.Rule;
import dev.milvuso.server.rules.RuleJson;
import dev.milvuso.server.rules.RuleStore;
import dev.milvuso.server.rules.Rules;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** {@code /rules}: the business rules. What was changed is in force here at once, elsewhere within a moment. */
record RuleRoutes(JsonReader reader, RuleBody body, RuleStore store, Rules rules, RecordCalls calls) {
    private static final String NAME = "name";

    List<Route> all() {
        return List.of(
                new Route(HandlerType.GET, "/rules", this::list),
                new Route(HandlerType.POST, "/rules", this::create),
                new Route(HandlerType.GET, "/rules/{name}", this::get),
                new Route(HandlerType.PUT, "/rules/{name}", this::put),
                new Route(HandlerType.DELETE, "/rules/{name}", this::delete));
    }

    private void list(Context context) {
        Answers.later(
                context,
                calls.call(this::read),
                all -> Answers.json(
                        context,
                        200,
                        Map.of("rules", all.stream().map(RuleJson::write).toList())));
    }

    private List<Rule> read() {
        return store.readUnless("").map(RuleStore.All::rules).orElse(List.of());
    }

    private void get(Context context) {
        String name = Parameters.path(context, NAME, Rule::checkedName);
        Answers.later(
                context,
                calls.call(() ->
                        read().stream().filter(rule -> rule.name().equals(name)).findFirst()),
                rule -> Answers.json(context, 200, RuleJson.write(rule.orElseThrow(() -> unknown(name)))));
    }

    private void create(Context context) {
        Rule rule = reader.one(context, fields -> body.read(fields, Optional.empty()));
        changed(context, () -> store.create(rule));
    }

    private void put(Context context) {
        String name = Parameters.path(context, NAME, Rule::checkedName);
        Rule rule = reader.one(context, fields -> body.read(fields, Optional.of(name)));
        OptionalLong expected = rule.version() == 0 ? OptionalLong.empty() : OptionalLong.of(rule.version());
        changed(context, () -> store.put(rule, expected));
    }

    private void changed(Context context, Supplier<RuleStore.Written> change) {
        Answers.later(
                context,
                calls.call(() -> {
                    RuleStore.Written written = change.get();
                    rules.refresh();
                    return written;
                }),
                written -> answer(context, written));
    }

    private static void answer(Context context, RuleStore.Written written) {
        switch (written.outcome()) {
            case CREATED ->
                Answers.json(context, 201, RuleJson.write(written.rule().orElseThrow()));
            case REPLACED ->
                Answers.json(context, 200, RuleJson.write(written.rule().orElseThrow()));
            case CONFLICT ->
                throw Problem.of(
                        409,
                        "version",
                        written.rule()
                                .map(there -> "of the rule that is there is " + there.version()
                                        + ": PUT replaces it, with that version or with none")
                                .orElse("cannot be replaced: there is no such rule"));
            case TOO_MANY ->
                throw Problem.of(409, "rules", "are " + Rule.MOST + " already: delete one before another is added");
        }
    }

    private void delete(Context context) {
        String name = Parameters.path(context, NAME, Rule::checkedName);
        Answers.later(
                context,
                calls.call(() -> {
                    boolean deleted = store.delete(name);
                    rules.refresh();
                    return deleted;
                }),
                deleted -> {
                    if (!deleted) {
                        throw unknown(name);
                    }
                    context.status(204);
                });
    }

    private static Problem unknown(String name) {
        return Problem.of(404, NAME, name + " is no rule");
    }
}
