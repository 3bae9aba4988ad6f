package dev.milvuso.feature.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.milvuso.codec.Json;
import dev.milvuso.codec.MalformedRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
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

    /** Short, since PostgreSQL spends most of its time for the worker on this column: seven digits are enough here. */
    public static String encode(Profile profile, HalfLife interest) {
        byte[] bytes = Json.object(json -> {
            json.writeNumberField("days_active", profile.days());
            json.writeNumberField("positive_actions", profile.positive());
            json.writeNumberField("interests_at", profile.interests().at());
            json.writeObjectFieldStart("interests");
            writeInterests(profile, interest, json);
            json.writeEndObject();
            json.writeBinaryField("recent_event_hashes", bytes(profile.recentEvents()));
        });
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void writeInterests(Profile profile, HalfLife interest, JsonGenerator json) throws IOException {
        double left = profile.interests().left(interest);
        for (var entry : profile.interests().sums()) {
            json.writeNumberField(entry.getKey(), (float) (entry.getValue() * left));
        }
    }

    private static byte[] bytes(List<Long> hashes) {
        ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Long.BYTES);
        hashes.forEach(bytes::putLong);
        return bytes.array();
    }

    /**
     * A profile of the table's columns.
     *
     * @param version of the row
     * @param recentItems the oldest first
     * @throws IllegalStateException if the JSON was not written by {@link #encode}
     */
    public static Profile decode(
            String userId,
            long version,
            long actions,
            long firstAt,
            long lastAt,
            List<String> recentItems,
            String text) {
        ProfileJson read = new ProfileJson();
        try {
            Json.parse(text.getBytes(StandardCharsets.UTF_8), read::field);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("user_profile of " + userId + " cannot be read: " + e.getMessage(), e);
        }
        return new Profile(
                userId,
                version,
                new Profile.Activity(actions, read.positive, firstAt, lastAt, read.days),
                recentItems,
                read.events,
                // Nothing is added to interests without an action, so they are not later than the last.
                new Interests(read.interests, Math.min(read.interestsAt, lastAt)));
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
                    interests.put(key, json.getValueAsDouble(Double.NaN));
                }
            }
            case "recent_event_hashes" -> {
                LongBuffer hashes = ByteBuffer.wrap(json.getBinaryValue()).asLongBuffer();
                while (hashes.hasRemaining()) {
                    events.add(hashes.get());
                }
            }
            default -> json.skipChildren();
        }
    }
}
