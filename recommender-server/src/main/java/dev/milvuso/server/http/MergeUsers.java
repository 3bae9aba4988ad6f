package dev.milvuso.server.http;

import dev.milvuso.action.UserId;
import dev.milvuso.server.guest.Guests;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /users/{user_id}/merge} with {@code {"from": "<guest>"}}: 200 after the log has all that the guest did as
 * the user's and this instance knows of it. May be sent again.
 */
record MergeUsers(JsonReader reader, Guests guests) implements Handler {
    private static final int MAX_ID = 256;

    @Override
    public void handle(Context context) {
        UserId account = Parameters.path(context, "user_id", UserId::new);
        UserId guest = guest(context);
        if (guest.equals(account)) {
            throw Problem.of(400, "from", "must be another than " + account);
        }
        Answers.later(
                context,
                guests.merge(guest, account),
                merged -> Answers.json(
                        context,
                        200,
                        Map.of("user_id", account.value(), "from", guest.value(), "merged_actions", merged)));
    }

    private UserId guest(Context context) {
        List<Problem.Fault> faults = new ArrayList<>();
        Fields fields = new Fields(reader.one(context), "", faults);
        Optional<UserId> guest = fields.neededText("from", MAX_ID, UserId::new);
        fields.refuseUnknown();
        if (!faults.isEmpty()) {
            Problem.Fault first = faults.get(0);
            throw new Problem(400, first.field() + " " + first.message(), faults);
        }
        return guest.orElseThrow();
    }
}
