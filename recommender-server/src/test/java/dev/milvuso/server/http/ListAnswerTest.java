package dev.milvuso.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.server.recommend.Explanation;
import dev.milvuso.server.recommend.Recommendation;
import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.server.recommend.RecommendedItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ListAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ListAnswer answer = new ListAnswer();

    private JsonNode read(UserId user, UUID request, Recommendation list, long now) throws Exception {
        return JSON.readTree(answer.of(user, request, list, Map.of(), now));
    }

    @Test
    void whatIsWrittenByHandReadsAsItWasMeant() throws Exception {
        UUID request = UUID.randomUUID();
        UserId user = new UserId("u\"\\\u00e4\ud83d\ude00");
        List<Recommended> items = List.of(
                new Recommended(new ItemId("plain"), 1.5f, "personal"),
                new Recommended(
                        new ItemId("\u20ac\"x"),
                        -0.25f,
                        "popular",
                        1,
                        new Explanation(
                                "why", Map.of("a", 0.5), List.of(new Explanation.Because(new ItemId("b"), 0.25)))));
        Recommendation list = new Recommendation("v1", "redis", List.of("milvus", "postgres"), 1000, items);
        JsonNode body = read(user, request, list, 3042);
        assertThat(body.get("user_id").textValue()).isEqualTo(user.value());
        assertThat(body.get("request_id").textValue()).isEqualTo(request.toString());
        assertThat(body.get("age_s").doubleValue()).isEqualTo(2.042);
        assertThat(body.get("model_version").textValue()).isEqualTo("v1");
        assertThat(body.get("tier").textValue()).isEqualTo("redis");
        assertThat(body.get("degraded").toString()).isEqualTo("[\"milvus\",\"postgres\"]");
        assertThat(body.get("recommendations").get(0).toString())
                .isEqualTo("{\"item_id\":\"plain\",\"rank\":1,\"score\":1.5,\"source\":\"personal\"}");
        assertThat(body.get("recommendations").get(1).toString())
                .isEqualTo("{\"item_id\":\"\u20ac\\\"x\",\"rank\":2,\"score\":-0.25,\"source\":\"popular\","
                        + "\"explanation\":\"why\",\"parts\":{\"a\":0.5},"
                        + "\"because_of\":[{\"item_id\":\"b\",\"likeness\":0.25}]}");
        assertThat(read(user, request, list, 500).get("age_s").doubleValue()).isZero();
    }

    @Test
    void scoresOfAllSizesKeepTheirFirstDigits() throws Exception {
        Random random = new Random(5);
        List<Recommended> items = new ArrayList<>(List.of(
                new Recommended(new ItemId("a"), Float.MAX_VALUE, "s"),
                new Recommended(new ItemId("b"), Float.MIN_NORMAL, "s"),
                new Recommended(new ItemId("c"), -0f, "s"),
                new Recommended(new ItemId("d"), 999999.94f, "s"),
                new Recommended(new ItemId("e"), 0.9999999f, "s")));
        for (int i = 0; i < 2000; i++) {
            float score = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(16) - 8));
            items.add(new Recommended(new ItemId("i" + i), score, "s"));
        }
        JsonNode read = JSON.readTree(answer.of(RecommendedItems.copyOf(items))).get("recommendations");
        for (int i = 0; i < items.size(); i++) {
            float score = items.get(i).score();
            assertThat(read.get(i).get("score").doubleValue())
                    .as("%s", score)
                    .isBetween((double) score - Math.abs(score) * 1e-4, (double) score + Math.abs(score) * 1e-4);
            assertThat(read.get(i).get("rank").intValue()).isEqualTo(i + 1);
        }
    }
}
