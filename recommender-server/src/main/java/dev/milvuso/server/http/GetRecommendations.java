package dev.milvuso.server.http;

import dev.milvuso.action.EventIds;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import dev.milvuso.config.RecommendationConfig;
import dev.milvuso.server.experiment.Ledger;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.rules.ItemFilters;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * {@code GET} and {@code POST /recommendations/{user_id}}: always 200, unless the request is wrong. What is posted is
 * the question, for those that are too long for an address.
 *
 * @param lists makes what a user sees under experiments
 * @param ledger told of what was made under experiments
 * @param instance under which lists are logged
 * @param served told of every list that was served to somebody
 * @param counters by tier, of lists that were served
 */
record GetRecommendations(
        Lists lists,
        Ledger ledger,
        Consumer<ServedList> served,
        EventIds ids,
        RecommendationConfig config,
        String instance,
        Clock clock,
        MeterRegistry metrics,
        ListAnswer answer,
        JsonReader reader,
        ItemFilters filters,
        ConcurrentHashMap<String, Counter> counters) {
    static final String[] PARAMETERS = {
        Parameters.COUNT,
        "category",
        "tags",
        "filter",
        "exclude",
        "exclude_seen",
        "context_item",
        "diversity",
        "explain"
    };

    void get(Context context) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        Query query = context.queryString() == null
                ? Query.of(config.topK())
                : Parameters.of(context, PARAMETERS).query(Parameters.COUNT, config.topK(), config.maxItems(), filters);
        answer(context, user, query);
    }

    void post(Context context) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        QueryBody body = new QueryBody(filters, config.topK(), config.maxItems());
        answer(context, user, reader.one(context, body::read));
    }

    private void answer(Context context, UserId user, Query query) {
        Lists.Made made = lists.of(user, query);
        context.contentType("application/json");
        if (context.method().equals(HandlerType.HEAD)) {
            context.result(show(user, made, false));
        } else {
            Answers.straight(context, show(user, made, true));
        }
    }

    /**
     * Writes a list that somebody gets to see.
     *
     * @param counts whether they do
     */
    byte[] show(UserId user, Lists.Made made, boolean counts) {
        UUID request = ids.uuid();
        long now = clock.millis();
        if (counts && !made.list().items().isEmpty()) {
            shown(user, request, made, now);
            boolean isDegraded = !made.list().degraded().isEmpty();
            ledger.made(made.assignment(), user.value(), Instant.ofEpochMilli(now), made.seconds(), isDegraded);
        }
        return answer.of(user, request, made.list(), made.assignment().variants(), now);
    }

    private void shown(UserId user, UUID request, Lists.Made made, long now) {
        Recommendation list = made.list();
        // Nobody looks at the five-hundredth: what lies further down would only be counted as refused.
        served.accept(new ServedList(
                new RequestId(request.toString()),
                user,
                list.modelVersion(),
                Instant.ofEpochMilli(now),
                list.items().shown(config.shownItems(), made.teams()),
                new ServedList.Origin(instance, made.assignment().variants(), made.shuffled())));
        counters.computeIfAbsent(list.tier(), this::counter).increment();
    }

    /** @param tier says the source too: what is not personal comes from the fallback */
    private Counter counter(String tier) {
        String source = tier.equals(Recommendation.FALLBACK) ? "popular" : "personal";
        return metrics.counter("milvuso.recommendations.served", "tier", tier, "source", source);
    }
}
