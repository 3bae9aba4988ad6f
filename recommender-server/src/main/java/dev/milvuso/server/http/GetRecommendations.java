package dev.milvuso.server.http;

import dev.milvuso.action.EventIds;
import dev.milvuso.action.RequestId;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserId;
import dev.milvuso.config.RecommendationConfig;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.recommend.Popular;
import dev.milvuso.server.recommend.Query;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.Recommender;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /recommendations/{user_id}} and {@code GET /popular}: always 200, unless the request is wrong. */
record GetRecommendations(
        Recommender recommender,
        Popular popular,
        ActionLog log,
        EventIds ids,
        RecommendationConfig config,
        Clock clock,
        MeterRegistry metrics) {
    void personal(Context context) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        Parameters parameters =
                Parameters.of(context, "num_recommendations", "category", "tags", "exclude_seen", "explain");
        boolean explain = parameters.flag("explain", false);
        Query query = parameters.query(config.topK(), config.maxItems());
        Recommendation made = recommender.recommend(user, query);
        RequestId request = new RequestId(ids.uuid().toString());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("user_id", user.value());
        body.put("request_id", request.value());
        body.put("model_version", made.modelVersion());
        body.put("tier", made.tier());
        body.put("degraded", made.degraded());
        body.put("age_s", Math.max(0, clock.millis() - made.madeAt()) / 1000.0);
        body.put("recommendations", entries(made.items(), explain));
        Answers.json(context, 200, body);
        if (!made.items().isEmpty() && !context.method().equals(HandlerType.HEAD)) {
            served(user, request, made);
        }
    }

    private void served(UserId user, RequestId request, Recommendation made) {
        // Nobody looks at the five-hundredth: what lies further down would only be counted as refused.
        List<ServedList.Shown> shown = made.items().stream()
                .limit(config.shownItems())
                .map(each -> new ServedList.Shown(each.item(), 1))
                .toList();
        log.offer(new ServedList(request, user, made.modelVersion(), clock.instant(), shown));
        String source = made.tier().equals("fallback") ? "popular" : "personal";
        metrics.counter("milvuso.recommendations.served", "tier", made.tier(), "source", source)
                .increment();
    }

    void popular(Context context) {
        Query query = Parameters.of(context, "num_recommendations", "category", "tags")
                .query(config.topK(), config.maxItems());
        List<Recommended> items = popular.list(query, query.count(), item -> true);
        Answers.json(context, 200, Map.of("recommendations", entries(items, false)));
    }

    private static List<Map<String, Object>> entries(List<Recommended> items, boolean explain) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Recommended each : items) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("item_id", each.item().value());
            entry.put("rank", entries.size() + 1);
            entry.put("score", each.score());
            entry.put("source", each.source());
            if (explain) {
                entry.put(
                        "explanation",
                        each.source().equals("personal")
                                ? "inner product of the learned vectors of user and item"
                                : "decayed popularity among all users");
            }
            entries.add(entry);
        }
        return entries;
    }
}
