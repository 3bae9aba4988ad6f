package dev.milvuso.server.action;

import dev.milvuso.action.UserEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Tells this instance's parts what users do and are shown: its own actions before their 202, its own lists when they
 * are served, and what others took and served as soon as it is read from the log; each once, but for some around a
 * failure of the log to acknowledge in time. Listeners are called by many threads, one after the other, and must
 * neither wait nor throw.
 */
public final class EventStream {
    private final List<Consumer<UserEvent>> listeners = new CopyOnWriteArrayList<>();

    public void listen(Consumer<UserEvent> listener) {
        listeners.add(listener);
    }

    public void happened(UserEvent event) {
        for (Consumer<UserEvent> each : listeners) {
            each.accept(event);
        }
    }
}
