package dev.milvuso.server.http;

import dev.milvuso.action.EventIds;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import dev.milvuso.config.RecommendationConfig;
import dev.milvuso.server.experiment.Ledger;
import dev.milvuso.server.experiment.Lists;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * {@code GET /recommendations/{user_id}} and {@code GET /popular}: always 200, unless the request is wrong.
 *
 * @param lists makes what a user sees under experiments
 * @param ledger told of what was made under experiments
 * @param instance under which lists are logged
 * @param served told of every list that was served to somebody
 */
record GetRecommendations(
        Recommender recommender,
        Lists lists,
        Ledger ledger,
        Popular popular,
        Consumer<ServedList> served,
        EventIds ids,
        RecommendationConfig config,
        String instance,
        Clock clock,
        MeterRegistry metrics,
        ListAnswer answer) {
    private static final String[] PARAMETERS = {"num_recommendations", "category", "tags", "exclude_seen", "explain"};

    void personal(Context context) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        Query query = Parameters.of(context, PARAMETERS).query(config.topK(), config.maxItems());
        long began = System.nanoTime();
        Lists.Made made = lists.of(user, query);
        double seconds = (System.nanoTime() - began) / 1e9;
        UUID request = ids.uuid();
        long now = clock.millis();
        Map<String, String> variants = made.assignment().variants();
        context.contentType("application/json").result(answer.of(user, request, made.list(), variants, now));
        if (!made.list().items().isEmpty() && !context.method().equals(HandlerType.HEAD)) {
            shown(user, request, made, now);
            boolean isDegraded = !made.list().degraded().isEmpty();
            ledger.made(made.assignment(), user.value(), Instant.ofEpochMilli(now), seconds, isDegraded);
        }
    }

    private void shown(UserId user, UUID request, Lists.Made made, long now) {
        Recommendation list = made.list();
        // Nobody looks at the five-hundredth: what lies further down would only be counted as refused.
        int count = Math.min(list.items().size(), config.shownItems());
        List<ServedList.Shown> shown = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Recommended each = list.items().get(i);
            String team = made.teams().isEmpty() ? "" : made.teams().get(i);
            shown.add(new ServedList.Shown(each.item(), each.probability(), each.source(), team));
        }
        served.accept(new ServedList(
                new RequestId(request.toString()),
                user,
                list.modelVersion(),
                Instant.ofEpochMilli(now),
                shown,
                new ServedList.Origin(instance, made.assignment().variants(), made.shuffled())));
        String source = list.isPersonal() ? "personal" : "popular";
        metrics.counter("milvuso.recommendations.served", "tier", list.tier(), "source", source)
                .increment();
    }

    void popular(Context context) {
        Query query = Parameters.of(context, "num_recommendations", "category", "tags")
                .query(config.topK(), config.maxItems());
        context.contentType("application/json").result(answer.of(recommender.impersonal(popular, query)));
    }
}
