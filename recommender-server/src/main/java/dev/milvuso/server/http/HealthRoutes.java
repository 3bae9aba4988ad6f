package dev.milvuso.server.http;

import dev.milvuso.component.Version;
import dev.milvuso.server.ranking.learned.RankerState;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * {@code GET /health}, {@code /health/live} and {@code /health/ready}. Nothing is asked during a request.
 *
 * @param ranker of the served model, told of beside the model's status
 */
record HealthRoutes(
        Supplier<Map<String, String>> components, BooleanSupplier ready, Supplier<Optional<RankerState>> ranker) {
    private static final String MODEL = "model";

    void health(Context context) {
        Map<String, String> now = components.get();
        boolean isDown = "DOWN".equals(now.get("kafka"));
        boolean isUp = now.values().stream().allMatch("UP"::equals);
        Map<String, Object> parts = new LinkedHashMap<>();
        now.forEach((name, status) -> parts.put(name, part(name, status)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", isDown ? "DOWN" : isUp ? "UP" : "DEGRADED");
        body.put("version", Version.current());
        body.put("components", parts);
        Answers.json(context, isDown ? 503 : 200, body);
    }

    private Map<String, Object> part(String name, String status) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("status", status);
        if (name.equals(MODEL)) {
            ranker.get().ifPresent(state -> part.put("ranker", json(state)));
        }
        return part;
    }

    private static Map<String, Object> json(RankerState state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("used", state.isUsed());
        json.put("better_than_retrieval", state.isBetter());
        json.put("lists", state.lists());
        json.put("ndcg_retrieval", state.retrieval());
        json.put("ndcg_ranker", state.ranker());
        return json;
    }

    void live(Context context) {
        Answers.json(context, 200, Map.of("status", "UP"));
    }

    void ready(Context context) {
        boolean isReady = ready.getAsBoolean();
        Answers.json(context, isReady ? 200 : 503, Map.of("status", isReady ? "UP" : "DOWN"));
    }
}
