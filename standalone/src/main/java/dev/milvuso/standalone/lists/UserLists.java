package dev.milvuso.standalone.lists;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Where lists come from: the users in an order that stays, a page at a time. */
public interface UserLists {
    /** A user's list, as one line of JSON. */
    record Line(String user, String json) {}

    /** Leaves out the users up to this one, the last of {@code count}, who have their lists already. */
    void skip(long count, String last);

    /** @return the next lists; none: there are no more users */
    List<Line> next() throws IOException, InterruptedException;

    /** How many users there are, if that is known. */
    OptionalLong users();
}
