/** What every part that starts and stops has in common. */
@NullMarked
package dev.milvuso.component;

import org.jspecify.annotations.NullMarked;
