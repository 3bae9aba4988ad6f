package dev.milvuso.server.http;

import dev.milvuso.action.Action;
import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.server.action.ActionLog;
import dev.milvuso.server.users.Preferences;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code POST /users/{user_id}/preferences}: what somebody says of their taste, at sign-up for example. 202 after the
 * log has it as actions and this instance knows of them. May be sent again.
 *
 * @param known told of each action before the 202
 */
record PostPreferences(JsonReader reader, Preferences preferences, ActionLog log, Consumer<Action> known)
        implements Handler {
    private static final int MOST = 20;
    private static final int MOST_ITEMS = 100;
    private static final int ID = 256;

    @Override
    public void handle(Context context) {
        UserId user = Parameters.path(context, "user_id", UserId::new);
        Preferences.Likes likes = preferences.of(user, reader.one(context, PostPreferences::stated));
        if (likes.actions().isEmpty()) {
            throw Problem.of(400, Problem.BODY, "names no category and no tag of any item that is shown");
        }
        Answers.later(context, log.append(likes.actions()), done -> {
            likes.actions().forEach(known);
            Answers.json(context, 202, answer(likes));
        });
    }

    private static Preferences.Stated stated(Fields fields) {
        Set<ItemId> items = QueryBody.texts(fields, "items", MOST_ITEMS, ID, ItemId::new);
        Set<String> categories = QueryBody.texts(fields, "categories", MOST, Parameters.MAX_CATEGORY, text -> text);
        Set<String> tags = QueryBody.texts(fields, "tags", MOST, Parameters.MAX_TAG, text -> text);
        if (items.isEmpty() && categories.isEmpty() && tags.isEmpty()) {
            fields.fault("categories", "must name something, or items or tags must");
        }
        return new Preferences.Stated(items, categories, tags);
    }

    private static Map<String, Object> answer(Preferences.Likes likes) {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<String> ids =
                likes.actions().stream().map(action -> action.eventId().value()).toList();
        answer.put("accepted", ids.size());
        answer.put("event_ids", ids);
        answer.put("unknown", likes.unknown());
        return answer;
    }
}
