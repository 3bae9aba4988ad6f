package dev.milvuso.server.http;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.server.catalogue.RecordCalls;
import dev.milvuso.server.users.Acted;
import dev.milvuso.server.users.Erasing;
import dev.milvuso.server.users.SimilarUsers;
import dev.milvuso.server.users.UserProfile;
import dev.milvuso.server.users.UserRecord;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code /users/{user_id}}: profile, history, similar users, erasure.
 *
 * @param interestHalfLife of the interests in a profile
 * @param vectors calls that wait for the vector store
 */
record UserRoutes(
        UserRecord record,
        RecordCalls calls,
        SimilarUsers similar,
        RecordCalls vectors,
        Erasing erasing,
        Duration interestHalfLife,
        Clock clock) {
    private static final String ID = "user_id";
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    List<Route> all() {
        return List.of(
                new Route(HandlerType.GET, "/users", this::page),
                new Route(HandlerType.GET, "/users/{user_id}", this::profile),
                new Route(HandlerType.DELETE, "/users/{user_id}", this::erase),
                new Route(HandlerType.GET, "/users/{user_id}/actions", this::history),
                new Route(HandlerType.GET, "/users/{user_id}/similar", this::similar));
    }

    private static UserId user(Context context) {
        return Parameters.path(context, ID, UserId::new);
    }

    private void page(Context context) {
        Parameters parameters = Parameters.of(context, "limit", "after");
        int limit = parameters.whole("limit", USUAL, MOST);
        Optional<UserId> after = parameters.value("after").map(id -> parameters.made("after", id, UserId::new));
        Answers.later(context, calls.call(() -> record.page(after, limit + 1)), page -> {
            Map<String, Object> body = new LinkedHashMap<>();
            List<UserId> shown = page.subList(0, Math.min(limit, page.size()));
            body.put("users", shown.stream().map(UserId::value).toList());
            if (page.size() > limit) {
                body.put("next", shown.get(limit - 1).value());
            }
            Answers.json(context, 200, body);
        });
    }

    private void profile(Context context) {
        UserId user = user(context);
        Answers.later(
                context,
                calls.call(() -> record.profile(user)),
                profile -> Answers.json(
                        context,
                        200,
                        body(
                                user,
                                profile.orElseThrow(
                                        () -> Problem.of(404, ID, user + " has done nothing that is known")))));
    }

    private Map<String, Object> body(UserId user, UserProfile profile) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(ID, user.value());
        body.put("actions", profile.actions());
        body.put("positive_actions", profile.positive());
        body.put("days_active", profile.days());
        body.put("first_at", profile.firstAt().toString());
        body.put("last_at", profile.lastAt().toString());
        body.put("recent_items", profile.recent().stream().map(ItemId::value).toList());
        body.put("interests", interests(profile));
        return body;
    }

    /** As they are now. */
    private Map<String, Map<String, Double>> interests(UserProfile profile) {
        long age = Math.max(0, clock.millis() - profile.interestsAt().toEpochMilli());
        double left = Math.pow(0.5, (double) age / interestHalfLife.toMillis());
        Map<String, Double> categories = new TreeMap<>();
        Map<String, Double> tags = new TreeMap<>();
        profile.interests().forEach((key, sum) -> {
            if (Double.isFinite(sum)) {
                (key.startsWith("c:") ? categories : tags).put(key.substring(2), sum * left);
            }
        });
        return Map.of("categories", categories, "tags", tags);
    }

    private void history(Context context) {
        UserId user = user(context);
        Parameters parameters = Parameters.of(context, "limit", "after");
        int limit = parameters.whole("limit", USUAL, MOST);
        Optional<Acted> after =
                parameters.value("after").map(text -> parameters.made("after", text, UserRoutes::after));
        Answers.later(context, calls.call(() -> record.history(user, after, limit + 1)), page -> {
            Map<String, Object> body = new LinkedHashMap<>();
            boolean isLast = page.size() <= limit;
            List<Acted> shown = isLast ? page : page.subList(0, limit);
            body.put("actions", shown.stream().map(UserRoutes::entry).toList());
            if (!isLast) {
                Acted last = shown.get(limit - 1);
                body.put("next", last.lastAt() + "/" + last.item());
            }
            Answers.json(context, 200, body);
        });
    }

    private static Map<String, Object> entry(Acted acted) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("item_id", acted.item().value());
        entry.put("last_at", acted.lastAt().toString());
        acted.type().ifPresent(type -> entry.put("action_type", type));
        acted.value().ifPresent(value -> entry.put("value", value));
        return entry;
    }

    private static Acted after(String text) {
        int slash = text.indexOf('/');
        try {
            return Acted.place(
                    new ItemId(text.substring(slash + 1)), Instant.parse(text.substring(0, Math.max(0, slash))));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be what an answer called next", e);
        }
    }

    private void similar(Context context) {
        UserId user = user(context);
        int count = Parameters.of(context, "num").whole("num", 10, MOST);
        Answers.later(context, vectors.call(() -> similar.to(user, count)), found -> {
            List<Map<String, Object>> users = new ArrayList<>();
            for (SimilarUsers.Like each : found) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put(ID, each.user().value());
                entry.put("rank", users.size() + 1);
                entry.put("score", each.cosine());
                users.add(entry);
            }
            Answers.json(context, 200, Map.of(ID, user.value(), "users", users));
        });
    }

    private void erase(Context context) {
        Answers.later(context, erasing.erase(user(context)), done -> context.status(204));
    }
}
