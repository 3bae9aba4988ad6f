package dev.milvuso.server.http;

import dev.milvuso.action.Action;
import dev.milvuso.server.action.ActionLog;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code POST /actions}: one action or an array of up to 1,000. 202 after the log has all of them and this instance
 * knows of them.
 */
record PostActions(JsonReader reader, ActionBody body, ActionLog log, Consumer<Action> known, Counter accepted)
        implements Handler {
    @Override
    public void handle(Context context) {
        List<Action> actions = reader.oneOrMany(context, body::read);
        Answers.later(context, log.append(actions), done -> answer(context, actions));
    }

    private void answer(Context context, List<Action> actions) {
        actions.forEach(known);
        accepted.increment(actions.size());
        List<String> ids =
                actions.stream().map(action -> action.eventId().value()).toList();
        Answers.json(context, 202, Map.of("accepted", ids.size(), "event_ids", ids));
    }
}
