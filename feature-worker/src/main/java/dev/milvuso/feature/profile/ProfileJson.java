package dev.milvuso.feature.profile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.milvuso.codec.Json;
import dev.milvuso.codec.MalformedRecordException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The column {@code profile} of {@code user_profile}: what has no column of its own. */
public final class ProfileJson {
    private final Map<String, Double> interests = new HashMap<>();
    private final List<Long> events = new ArrayList<>();
    private long interestsAt;
    private long days;
    private long positive;

    private ProfileJson() {}

    public static String encode(Profile profile) {
        byte[] bytes = Json.object(json -> {
            json.writeNumberField("days_active", profile.days());
            json.writeNumberField("positive_actions", profile.positive());
            json.writeNumberField("interests_at", profile.interests().at());
            json.writeObjectFieldStart("interests");
            for (var interest : profile.interests().values().entrySet()) {
                json.writeNumberField(interest.getKey(), interest.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("recent_events");
            for (long event : profile.recentEvents()) {
                json.writeNumber(event);
            }
            json.writeEndArray();
        });
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * A profile of the table's columns.
     *
     * @param recentItems the oldest first
     * @throws IllegalStateException if the JSON was not written by {@link #encode}
     */
    public static Profile decode(
            String userId, long actions, long firstAt, long lastAt, List<String> recentItems, String text) {
        ProfileJson read = new ProfileJson();
        try {
            Json.parse(text.getBytes(StandardCharsets.UTF_8), read::field);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("user_profile of " + userId + " cannot be read: " + e.getMessage(), e);
        }
        return new Profile(
                userId,
                new Profile.Activity(actions, read.positive, firstAt, lastAt, read.days),
                recentItems,
                read.events,
                new Interests(read.interests, read.interestsAt));
    }

    private void field(String name, JsonParser json) throws IOException {
        switch (name) {
            case "days_active" -> days = json.getLongValue();
            case "positive_actions" -> positive = json.getLongValue();
            case "interests_at" -> interestsAt = json.getLongValue();
            case "interests" -> {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String key = json.currentName();
                    json.nextToken();
                    interests.put(key, Json.number(key, json));
                }
            }
            case "recent_events" -> {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    events.add(json.getLongValue());
                }
            }
            default -> json.skipChildren();
        }
    }
}
