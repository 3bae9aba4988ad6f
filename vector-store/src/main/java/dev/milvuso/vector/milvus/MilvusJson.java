package dev.milvuso.vector.milvus;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of JSON as the SDK takes them, and back. */
final class MilvusJson {
    private MilvusJson() {}

    static JsonElement of(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            JsonObject json = new JsonObject();
            object.forEach((key, inner) -> json.add((String) key, of(inner)));
            return json;
        }
        if (value instanceof List<?> list) {
            JsonArray json = new JsonArray(list.size());
            list.forEach(inner -> json.add(of(inner)));
            return json;
        }
        if (value instanceof String text) {
            return new JsonPrimitive(text);
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return value instanceof Boolean truth ? new JsonPrimitive(truth) : JsonNull.INSTANCE;
    }

    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof JsonObject object) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            object.entrySet().forEach(member -> plain.put(member.getKey(), plain(member.getValue())));
            return plain;
        }
        if (value instanceof JsonArray array) {
            List<@Nullable Object> plain = new ArrayList<>();
            array.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof JsonPrimitive primitive) {
            if (primitive.isNumber()) {
                return number(primitive.getAsString());
            }
            return primitive.isBoolean() ? (Object) primitive.getAsBoolean() : primitive.getAsString();
        }
        if (value instanceof Number number) {
            return number(number.toString());
        }
        return value instanceof JsonElement ? null : value;
    }

    /** A number is whole if it is written so and fits 64 bits. */
    private static Object number(String digits) {
        boolean isReal = digits.chars().anyMatch(digit -> ".eE".indexOf(digit) >= 0);
        if (!isReal) {
            BigDecimal whole = new BigDecimal(digits);
            if (whole.toBigInteger().bitLength() < Long.SIZE) {
                return whole.longValueExact();
            }
        }
        return Double.parseDouble(digits);
    }
}
