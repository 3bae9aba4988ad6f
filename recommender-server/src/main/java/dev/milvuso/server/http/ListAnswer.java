package dev.milvuso.server.http;

import dev.milvuso.action.UserId;
import dev.milvuso.server.json.JsonBytes;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.RecommendedItems;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Writes lists as bytes; what is the same at every serving of a list is copied. */
final class ListAnswer {
    private final ConcurrentLinkedQueue<JsonBytes> buffers = new ConcurrentLinkedQueue<>();

    /**
     * @param variants of the experiments that the user takes part in, by their names
     * @param now milliseconds since 1970
     */
    byte[] of(UserId user, UUID request, Recommendation list, Map<String, String> variants, long now) {
        JsonBytes json = borrowed();
        json.raw("{\"user_id\":").text(user.value());
        json.raw(",\"request_id\":\"").uuid(request).raw("\",\"age_s\":");
        rest(json, list, variants, now);
        return written(json);
    }

    /** One that is not counted as shown, and so has no request to be named by. */
    byte[] of(UserId user, Recommendation list, long now) {
        JsonBytes json = borrowed();
        json.raw("{\"user_id\":").text(user.value()).raw(",\"age_s\":");
        rest(json, list, Map.of(), now);
        return written(json);
    }

    /** @return {@code {"results":[…],"unfinished":[…]}} */
    byte[] of(List<byte[]> lists, List<UserId> unfinished) {
        JsonBytes json = borrowed();
        json.raw("{\"results\":[");
        for (int i = 0; i < lists.size(); i++) {
            json.raw(i == 0 ? "" : ",").raw(lists.get(i));
        }
        json.raw("],\"unfinished\":[");
        for (int i = 0; i < unfinished.size(); i++) {
            json.raw(i == 0 ? "" : ",").text(unfinished.get(i).value());
        }
        json.raw("]}");
        return written(json);
    }

    private static void rest(JsonBytes json, Recommendation list, Map<String, String> variants, long now) {
        long age = Math.max(0, now - list.madeAt());
        json.number(age / 1000).raw(".").digits((int) (age % 1000), 3);
        if (!variants.isEmpty()) {
            write(variants, json);
        }
        json.raw(",").raw(list.json()).raw("}");
    }

    private static void write(Map<String, String> variants, JsonBytes json) {
        String separator = ",\"variants\":{";
        for (Map.Entry<String, String> each : variants.entrySet()) {
            json.raw(separator).text(each.getKey()).raw(":").text(each.getValue());
            separator = ",";
        }
        json.raw("}");
    }

    /** @return {@code {"recommendations":[…]}} */
    byte[] of(RecommendedItems items) {
        JsonBytes json = borrowed();
        json.raw("{\"recommendations\":");
        Recommendation.write(items, json);
        json.raw("}");
        return written(json);
    }

    private JsonBytes borrowed() {
        JsonBytes json = buffers.poll();
        return json == null ? new JsonBytes() : json.reset();
    }

    private byte[] written(JsonBytes json) {
        byte[] bytes = json.copy();
        if (bytes.length < 65_536) {
            buffers.add(json);
        }
        return bytes;
    }
}
