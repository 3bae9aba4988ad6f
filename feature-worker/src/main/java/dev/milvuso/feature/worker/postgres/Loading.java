package dev.milvuso.feature.worker.postgres;

import dev.milvuso.action.Action;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import dev.milvuso.feature.profile.ItemState;
import dev.milvuso.feature.profile.Profile;
import dev.milvuso.feature.worker.state.Memory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Brings into memory what a number of events needs, with at most two queries. For one thread. */
public final class Loading {
    private final FeatureStore store;
    private final Memory memory;
    private long changeNumber;

    public Loading(FeatureStore store, Memory memory) {
        this.store = store;
        this.memory = memory;
    }

    /** @throws dev.milvuso.component.Unavailable if something is not in memory and PostgreSQL does not answer */
    public void load(List<UserEvent> events) {
        Set<String> users = new HashSet<>();
        Set<String> items = new HashSet<>();
        for (UserEvent event : events) {
            if (event instanceof Action action) {
                users.add(action.userId().value());
                items.add(action.itemId().value());
            } else if (event instanceof ServedList list) {
                list.items().forEach(shown -> items.add(shown.itemId().value()));
            }
        }
        users.removeIf(user -> memory.profile(user) != null);
        items.removeIf(item -> memory.item(item) != null);
        if (!users.isEmpty()) {
            List<Profile> known = store.profiles(users);
            users.forEach(user -> memory.put(new Profile(user)));
            known.forEach(memory::put);
        }
        if (!items.isEmpty()) {
            store.items(items).forEach(memory::put);
        }
    }

    /** From here on {@link #follow} tells what is new. Called before anything is loaded. */
    public void begin() {
        changeNumber = store.lastChange();
    }

    /** Takes over what has changed in the catalogue. */
    public void follow() {
        for (FeatureStore.Description change : store.changesAfter(changeNumber)) {
            ItemState item = memory.item(change.itemId());
            if (item != null) {
                item.describe(change.category(), change.tags());
            }
            changeNumber = Math.max(changeNumber, change.changeNumber());
        }
    }
}
