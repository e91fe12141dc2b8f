#!/bin/sh
# Starts the desk with a Python of the version that the libraries here are made for; uv fetches one where there is none.
here=$(cd "$(dirname "$0")" && pwd) || exit 1
if [ ! -f "$here/lib/assistant/__main__.py" ]; then
    echo "请先把整个 zip 解压到一个文件夹，再启动。 Unpack the whole zip into a folder first."
    exit 2
fi
export PYTHONPATH="$here/lib" PYTHONNOUSERSITE=1
verb=${1:-desk}
[ $# -gt 0 ] && shift

failed() {
    echo
    echo "没有正常结束，原因见上。没有提交任何内容。 It did not end well; the reason stands above. Nothing was submitted."
    [ -t 0 ] && { printf '按回车键关闭 / press Enter '; read -r _; }
    exit "$1"
}

for python in python@PYTHON@ python3; do
    if "$python" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '@PYTHON@')" 2>/dev/null; then
        "$python" -P -X utf8 -m assistant "$verb" "$@" || failed $?
        exit 0
    fi
done
if [ ! -d "$here/python-fetched" ]; then
    echo "第一次启动：正在下载 Python（约 30 MB），请稍候。 First start: fetching Python, about 30 MB."
fi
UV_PYTHON_INSTALL_DIR="$here/python-fetched"
UV_PYTHON_INSTALL_MIRROR=$(head -n 1 "$here/python-mirror.txt" 2>/dev/null)
export UV_PYTHON_INSTALL_DIR UV_PYTHON_INSTALL_MIRROR
"$here/uv/uv" run --no-project --no-config --managed-python --python @PYTHON@ -- python -P -X utf8 -m assistant "$verb" "$@" || failed $?
