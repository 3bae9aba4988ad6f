package dev.milvuso.standalone.lists;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.trainer.batch.Recommendations;
import dev.milvuso.trainer.batch.TrainedModel;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Lists straight from a trained model, its users in the order of its rows. On all processors. */
public final class ModelLists implements UserLists {
    private static final int AT_ONCE = 256;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TrainedModel model;
    private final int num;
    private int done;

    /** @param num length of a list */
    public ModelLists(TrainedModel model, int num) {
        this.model = model;
        this.num = num;
    }

    /** @throws IllegalArgumentException if the last user done is another one by this model */
    @Override
    public void skip(long count, String last) {
        var users = model.factors().users();
        if (count > users.size() || !users.id((int) count - 1).equals(last)) {
            throw new IllegalArgumentException("the lists end with user " + last + " as number " + count
                    + ", which they do not by this model: name another file");
        }
        done = (int) count;
    }

    @Override
    public List<Line> next() {
        int to = Math.min(model.factors().users().size(), done + AT_ONCE);
        List<Line> lines = IntStream.range(done, to)
                .parallel()
                .mapToObj(user -> line(model.recommend(model.factors().users().id(user), num)))
                .toList();
        done = to;
        return lines;
    }

    private static Line line(Recommendations list) {
        try {
            return new Line(list.userId(), JSON.writeValueAsString(list));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list cannot be written as JSON", e);
        }
    }

    @Override
    public OptionalLong users() {
        return OptionalLong.of(model.factors().users().size());
    }
}
