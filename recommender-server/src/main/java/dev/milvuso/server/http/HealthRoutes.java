package dev.milvuso.server.http;

import dev.milvuso.component.Version;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code GET /health}, {@code /health/live} and {@code /health/ready}. Nothing is asked during a request. */
record HealthRoutes(Supplier<Map<String, String>> components, BooleanSupplier ready) {
    void health(Context context) {
        Map<String, String> now = components.get();
        boolean isDown = "DOWN".equals(now.get("kafka"));
        boolean isUp = now.values().stream().allMatch("UP"::equals);
        Map<String, Object> parts = new LinkedHashMap<>();
        now.forEach((name, status) -> parts.put(name, Map.of("status", status)));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", isDown ? "DOWN" : isUp ? "UP" : "DEGRADED");
        body.put("version", Version.current());
        body.put("components", parts);
        Answers.json(context, isDown ? 503 : 200, body);
    }

    void live(Context context) {
        Answers.json(context, 200, Map.of("status", "UP"));
    }

    void ready(Context context) {
        boolean isReady = ready.getAsBoolean();
        Answers.json(context, isReady ? 200 : 503, Map.of("status", isReady ? "UP" : "DOWN"));
    }
}
