package dev.milvuso.server.collections;

import dev.milvuso.vector.Hit;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.json.EntityJson;
import dev.milvuso.vector.json.JsonBytes;
import dev.milvuso.vector.json.SearchIteration;
import dev.milvuso.vector.json.SearchJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/**
 * All that a search finds, best first, as lines: a hit a line and last <code>["end", hits]</code>, without which the
 * stream was cut off. A page of hits is in memory, and the keys of those whose score is about the last one's. Who reads
 * slowly is waited for; who reads no more ends the search.
 */
public final class SearchStream {
    private static final int USUAL_PAGE = 1000;

    private SearchStream() {}

    /** @param target opened when the first page is there */
    public static void write(VectorStore store, Request request, StreamOperations.Target target) {
        EntityJson json = request.entities(store);
        SearchIteration search = SearchJson.iteration(request.body(), json, SearchOperations.texts(store, json));
        long limit = search.limit().orElse(Long.MAX_VALUE);
        int page = (int) Math.min(limit, page(json, search));
        Iterator<List<Hit>> pages = store.iterateSearch(request.collection(), search.request(), page);
        try {
            write(pages, limit, json, target.open());
        } catch (IOException e) {
            throw new UncheckedIOException("the client of a search in " + request.collection() + " is gone", e);
        }
    }

    private static int page(EntityJson json, SearchIteration search) {
        int most = (int) Math.min(
                USUAL_PAGE, AnswerSize.most(json.schema(), search.request().output()));
        search.page()
                .ifPresent(asked ->
                        AnswerSize.check(json.schema(), search.request().output(), asked, "page"));
        return search.page().orElse(most);
    }

    private static void write(Iterator<List<Hit>> pages, long limit, EntityJson json, OutputStream out)
            throws IOException {
        long written = 0;
        while (written < limit && pages.hasNext()) {
            for (Hit hit : pages.next()) {
                if (written < limit) {
                    out.write(line(content -> json.write(content, hit)));
                    written++;
                }
            }
            // Who has gone is noticed before the next page is searched for.
            out.flush();
        }
        long all = written;
        out.write(line(content -> {
            content.writeStartArray();
            content.writeString("end");
            content.writeNumber(all);
            content.writeEndArray();
        }));
        out.flush();
    }

    private static byte[] line(JsonBytes.Content content) {
        return JsonBytes.of(out -> {
            content.write(out);
            out.writeRaw('\n');
        });
    }
}
