package dev.milvuso.server.quality;

import dev.milvuso.action.Action;
import dev.milvuso.action.IdHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which list an action followed. Each action follows one list at most:
 *
 * <ol>
 *   <li>An action that names a {@code request_id} follows that list and no other, if the list is the same user's and
 *       the action's time is at most {@code window} after it. If it comes before its list does (another instance wrote
 *       the list), it waits, among {@link #MOST_WAITING} at most.
 *   <li>Another action follows the latest list of its user that shows the item, of those served at most {@code window}
 *       before it.
 *   <li>If none shows the item, it is a miss of the latest such list.
 * </ol>
 *
 * An action's time is its own or that of its arrival, whichever is earlier. Of one user the latest {@link #MOST_LISTS}
 * lists are looked at. Not safe for use by many threads.
 */
final class Attribution {
    static final int MOST_WAITING = 10_000;
    static final int MOST_LISTS = 50;

    /**
     * What matters of an action; one that waits takes little room, whatever else its sender wrote.
     *
     * @param request hash of the list it names, 0 for none
     * @param bits of {@link Meaning}
     * @param time milliseconds since 1970, its own or that of its arrival, whichever is earlier
     */
    record Deed(long request, long user, long item, int bits, long time) {
        static Deed of(Action action, int bits) {
            return new Deed(
                    action.requestId().map(id -> IdHash.of(id.value())).orElse(0L),
                    IdHash.of(action.userId().value()),
                    IdHash.of(action.itemId().value()),
                    bits,
                    Math.min(
                            action.timestamp().toEpochMilli(),
                            action.acceptedAt().toEpochMilli()));
        }
    }

    /** Where an action belongs; {@code position} is -1 if the list does not show the item. */
    record Place(OpenList list, int position) {}

    private final long window;
    private final OpenLists lists;
    private final Map<Long, List<Deed>> waiting = new LinkedHashMap<>();
    private int actionsWaiting;

    Attribution(Duration window, OpenLists lists) {
        this.window = window.toMillis();
        this.lists = lists;
    }

    /** The actions that came before the list they name. */
    List<Deed> waitingFor(OpenList list) {
        List<Deed> early = waiting.remove(list.request());
        if (early == null) {
            return List.of();
        }
        actionsWaiting -= early.size();
        return early;
    }

    @Nullable Place of(Deed deed) {
        if (deed.request() != 0) {
            return named(deed);
        }
        OpenList latest = null;
        OpenList list = lists.latest(deed.user());
        for (int i = 0; i < MOST_LISTS && list != null; i++, list = lists.before(list)) {
            if (list.servedAt() > deed.time() || deed.time() > list.servedAt() + window) {
                continue;
            }
            int position = list.position(deed.item());
            if (position >= 0) {
                return new Place(list, position);
            }
            latest = latest == null ? list : latest;
        }
        return latest == null ? null : new Place(latest, -1);
    }

    private @Nullable Place named(Deed deed) {
        OpenList list = lists.named(deed.request());
        if (list == null) {
            wait(deed);
            return null;
        }
        return list.userHash() == deed.user() && deed.time() <= list.servedAt() + window
                ? new Place(list, list.position(deed.item()))
                : null;
    }

    private void wait(Deed deed) {
        waiting.computeIfAbsent(deed.request(), unused -> new ArrayList<>(1)).add(deed);
        actionsWaiting++;
        Iterator<List<Deed>> oldest = waiting.values().iterator();
        while (actionsWaiting > MOST_WAITING) {
            actionsWaiting -= oldest.next().size();
            oldest.remove();
        }
    }
}
