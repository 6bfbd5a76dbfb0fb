from motcua.base.errors import Refusal


def counter(request):
    raise Refusal("x", status=404)


begin = fill = papers = upload = finish = discard = counter
