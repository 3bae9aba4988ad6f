/** What a site wants of its lists: filters of a request, and business rules. In: texts and rules. Out: slots. */
@NullMarked
package dev.milvuso.server.rules;

import org.jspecify.annotations.NullMarked;
