package dev.milvuso.server.ranking;

import dev.milvuso.server.recommend.Recommended;
import dev.milvuso.vector.index.IndexMath;
import java.util.OptionalDouble;

/** Prints many lists with all bits of their scores, and at first how this JVM does its sums. */
final class ListBits {
    private static final int USERS = 50;

    /** Enough that the index searches in lists, by codes. */
    private static final int ITEMS = 6000;

    private ListBits() {}

    public static void main(String[] none) {
        StringBuilder out = new StringBuilder();
        try (WholeLists lists = new WholeLists(ITEMS)) {
            for (int user = 0; user < USERS; user++) {
                lists.user("u" + user, user);
                for (double diversity : new double[] {0, 0.5}) {
                    for (Recommended each : lists.list("u" + user, 20, OptionalDouble.of(diversity))
                            .items()) {
                        out.append("list ")
                                .append(each.item())
                                .append(' ')
                                .append(Float.floatToRawIntBits(each.score()));
                        out.append('\n');
                    }
                }
            }
        }
        System.out.println("list by " + IndexMath.BEST.getClass().getName());
        System.out.print(out);
    }
}
